"""Which notes ask the same: their questions as topic and kind of question, compared with each other and grouped.

The words by which a question asks, `en.toml` and its neighbours, are data by language:

phrases     say nothing, wherever they stand
passing     stand in questions and don't say what they are about
general     say what class of things a topic belongs to
pointing    say that the question is about something that stands beside it
and         joins clauses
clauses     begin a further clause behind "and" or a comma
scope       prepositions behind which stands where or in what the topic is looked at
facets      by kind of question (contrast, types, pros …) what asks it; `^` binds to the beginning of a clause

Questions without a facet ask what something is, how it works or what for, which one card answers.
"""

from deckbuild.identity.duplicates.grouping import duplicates

__all__ = ["duplicates"]
