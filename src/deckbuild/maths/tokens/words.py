"""Words that formulas know: functions, abbreviations, what joins parts, what never stands in one."""

from __future__ import annotations

TEX_FUNCTIONS = frozenset(
    "arccos arcsin arctan arg cos cosh cot coth csc deg det dim exp gcd hom inf ker lg lim "
    "liminf limsup ln log "
    "max min Pr sec sin sinh sup tan tanh".split()
)
"""Functions that LaTeX sets upright by a command of their own."""

BARE_FUNCTIONS = TEX_FUNCTIONS | frozenset(
    "argmax argmin arsinh arcosh artanh csch sech erf erfc lcm logit rank sgn sinc tr Tr Var Cov diag".split()
)
"""Functions whose argument may stand without brackets."""

FUNCTIONS = BARE_FUNCTIONS | frozenset(
    "Attention Max Min Bern Beta Bin Binomial Cov Corr Concat Conv Dropout ELU Exp FFN GELU Gamma KL "
    "LayerNorm Lap Laplace "
    "LeakyReLU Linear MLP MSE Mish MultiHead Norm Poisson Poi ReLU Res SD SELU SiLU Swish Tr "
    "Uniform Var adj arcosh "
    "argmax argmin arsinh artanh attention attn concat conv corr cov diag div erf erfc grad head im lcm "
    "logit lse nullity null ord proj rank relu sgn sigmoid sign sinc softmax softplus span sqrt swish tr var "
    "vec rot curl Im Re sech csch mod round floor ceil abs norm std mean median mode clip Ker Hom argsort "
    "logsumexp rad".split()
)
"""Words that name a function even where no bracket follows, or that stand for one in most books."""

ABBREVIATIONS = frozenset(
    "lr wd bs ce kl tp fp tn fn id tf df idf ppm rpm rms "
    "AI ATP AUC Na Cl BS BP CD CE CF CO CV DB DL DP EV FN FP FV GD GDP GPU FOV Fr Gr HR IQ IQR IoU "
    "KE KL LR MA MAE MLE MSE "
    "NB NN NNT Nu OH OR PE RGB RMSE RR SD SE SGD SNR SS SVM TF TN TP TPR FPR FNR TNR VC pH pOH "
    "pKa dB eV kW mA Hz kHz MHz GHz".split()
)
"""Letter runs that are names, never products of their letters."""

DIMENSIONLESS = frozenset("Re Pr Nu Gr Fr We Bi Sc Pe Ra Ma".split())
"""Numbers of mechanics and of heat that bear the first letters of a name, and are compared with values: `Re < 2300`."""

PROBABILITIES = ("P", "Pr", r"\mathbb{P}")
"""What stands before an event in brackets."""

SUBSTANCE = "(?:Al|Ag|Br|Ca|Cl|Cr|Cu|Fe|He|Hg|Li|Mg|Mn|Na|Ni|Pb|Si|Sn|Zn|[BCFHIKNOPS])[₂-₉]*"
"""A pattern for an element and its count in the name of a substance."""

WORDS_OF_LANGUAGE = frozenset(
    "a am an and are as at be by do for from go he if in is it its me my no not of on or per "
    "so than the then "
    "this that to up us we with when where while was has have can may via vs etc ie eg".split()
)
"""Words that no formula uses as names."""

CONNECTIVES = frozenset(
    "if otherwise else when for and or where given with mod iff unless until as s.t. "
    "oder und wobei ou et où donde onde lub oraz gdzie или где och eller".split()
)
"""Words that join parts inside a formula."""

SENTENCE_WORDS = (
    WORDS_OF_LANGUAGE - set("a and as at by for from in no of on per to up".split())
) | frozenset("es son está est sont ist sind wird werden é são è sono jest są är είναι это".split())
"""Words that say something, and stand in no name of several words."""
