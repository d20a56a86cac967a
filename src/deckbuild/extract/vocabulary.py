"""Words that announce questions, answers, terms and meanings, in the languages that study notes come in.

They only speed up what structure shows anyway: a label in any other language is found by its repetition.
"""

from __future__ import annotations

QUESTIONS = frozenset(
    (
        "q question ques que quest frage aufgabe pregunta ejercicio pergunta domanda esercizio vraag вопрос "
        "pytanie soru fråga spørgsmål exercice exercise problem task 问 问题 問 問題 質問 질문"
    ).split()
)
ANSWERS = frozenset(
    (
        "a ans answer answers solution antwort lösung respuesta resp solución réponse resposta risposta "
        "soluzione antwoord ответ решение odpowiedź cevap svar 答 答案 答え 回答 解答 답"
    ).split()
)
TERMS = frozenset(
    "term terms word concept abbreviation acronym begriff término terme termo термин 用語 术语".split()
)
MEANINGS = frozenset(
    (
        "definition definitions meaning explanation bedeutung erklärung definición définition significado "
        "definizione определение 意味 定义"
    ).split()
)

FRONT, BACK = "front", "back"
"""What cards have; alone, or in other text, these words announce nothing."""


def pattern(words: frozenset[str]) -> str:
    """The words as alternatives of a regular expression, longest first."""
    return "|".join(sorted(words, key=lambda word: (-len(word), word)))
