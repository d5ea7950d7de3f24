"""Whether something is only supposed: "if I broke a bone", "is deep tissue ok with MS?"."""

from __future__ import annotations

from itertools import pairwise

from spacy.tokens import Doc, Span

from frontdesk.clinical import modifiers as words
from frontdesk.clinical.clauses import STOPS
from frontdesk.clinical.modifiers import ASKING
from frontdesk.clinical.subjects import Cast, Mention
from frontdesk.domain.finding import FLAG

# "Is it fine if I have a pacemaker": after these an "if" supposes nothing.
REAL_BEFORE_IF = frozenset({
    "come", "book", "visit", "massage", "one", "ok", "okay", "fine", "alright", "problem",
    "matter", "matters", "safe", "allowed",
})  # fmt: skip
# "Do you see people whose blood pressure is out of control?": nobody's in particular
FOLK = frozenset({
    "people", "folk", "folks", "person", "persons", "someone", "somebody", "anyone", "anybody",
    "client", "clients", "customer", "customers", "guest", "guests", "patients", "women", "ladies",
    "girls", "mothers", "mums-to-be", "adults", "teens", "teenagers", "pensioners",
})  # fmt: skip
OF_THEM = frozenset({
    "who", "which", "that", "whose", "with", "in", "on", "after", "having", "have", "has", "need",
    "to", "during", "living", "who've", "who're", "who's", "he", "they", "are", "is", "'s", "'ve",
})  # fmt: skip
LIKE_THEM = frozenset({"like", "of", "as", "other", "unlike", "most", "many", "some", "my", "our"})
COMING = frozenset(["comes", "came", "starts", "started", "arrives", "turns", "appears", "shows"])
IT = frozenset({"it", "it's", "its", "they're", "mine"})  # what was asked about, told of
ITS = frozenset({"them", "it's"})
HAVING_IT = frozenset({(has, it) for has in ("has", "have", "had", "got") for it in ("it", "one")})
DENYING = frozenset({"no", "not", "n't", "never", "nobody", "nor", "if", "would", "could"})
OWN_AFTER = frozenset({("it's", "me"), ("its", "me"), ("'s", "me"), ("it", "me"), ("that's", "me")})
AGAIN = frozenset({"back", "again"})
EXCEPT = frozenset({"except", "bar", "besides", "excepting", "barring"})
OTHER = frozenset({("apart", "from"), ("other", "than"), ("aside", "from"), ("save", "for")})
BEING = frozenset({"am", "is", "'m", "'s", "i'm", "im", "she's", "he's", "was", "be", "being"})
ABLE = frozenset({"can", "could", "does", "do", "knows", "know", "will", "would", "specialises"})
OWN = frozenset({"i", "me", "my", "mine", "i'm", "i've", "im", "ive", "we", "our", "us"})
POLICY = frozenset({"policy", "rule", "rules", "leaflet", "limit"})


def is_supposed(target: Span) -> bool:
    """Whether it stands after an "if" that supposes it: "if I broke a bone".

    "Is it OK if I have a pacemaker" and "if my back pain comes back" speak of what is so.
    """
    if _comes(target):
        return True
    nearest = target.doc[max(target.start - 2, target.sent.start) : target.start]
    if any(token.norm_ == "my" for token in nearest) and _is_asked_of(target):
        return False
    before = target.doc[target.sent.start : max(target.start, target.sent.start + 1)]
    for token in reversed(list(before)):
        if token.norm_ == "if":
            if not target.id_.startswith(FLAG) and any(
                other.norm_ in ("would", "'d") for other in target.doc[target.end : target.sent.end]
            ):
                return True  # "if my period came, would I have to cancel?"
            last = target.doc[token.i - 1].norm_ if token.i else ""
            following = target.doc[token.i + 1].norm_ if token.i + 1 < len(target.doc) else ""
            return last not in REAL_BEFORE_IF and following not in ("my", "that", "it", "this")
    return False


def _is_asked_of(target: Span) -> bool:
    """Whether the "if" is of what somebody else does about it: "if you could avoid my hernia"."""
    before = [token.norm_ for token in target.doc[target.sent.start : target.start]]
    after_if = before[before.index("if") + 1 :] if "if" in before else []
    return after_if[:1] in (["you"], ["they"], ["she"], ["he"], ["possible"], ["the"], ["someone"])


def _comes(target: Span) -> bool:
    """Whether it is supposed to come: "if my period comes on the day"."""
    doc = target.doc
    if target.id_.startswith(FLAG) or target.label_ == words.CLAUSE or target.end >= len(doc):
        return False
    is_supposed = any(token.norm_ == "if" for token in doc[max(0, target.start - 3) : target.start])
    return is_supposed and doc[target.end].norm_ in COMING


def is_feared_again(target: Span) -> bool:
    """Whether it has been and may come once more: "if my chest pain comes back"."""
    doc = target.doc
    is_if = any(token.norm_ == "if" for token in doc[max(0, target.start - 3) : target.start])
    following = [token.norm_ for token in doc[target.end : target.end + 2]]
    return is_if and (following[:1] == ["returns"] or any(word in AGAIN for word in following[1:]))


def is_own_after_all(target: Span) -> bool:
    """Whether what follows a question in general shows that it is one's own.

    "Is hot stone ok with eczema? It's in both elbows", "for someone with MS? It's me", "would it
    help gout? My toe is on fire".
    """
    doc = target.doc
    for clause in (one for one in doc.sents if one.start >= target.sent.end):
        said = [token.norm_ for token in clause if token.is_alpha or "'" in token.text]
        if said[:1] == ["my"] or any(pair in OWN_AFTER for pair in pairwise(said)):
            return True
        is_of_it = bool(said) and said[0] in IT and clause.text.rstrip()[-1:] != "?"
        is_mine = any(word in ("i", "my", "me") for word in said) and bool(ITS & set(said))
        has_it = any(pair in HAVING_IT for pair in pairwise(said)) and not DENYING & set(said)
        if is_of_it or is_mine or has_it:
            return True
    return False


def is_excepted_from(target: Span) -> bool:
    """Whether an exception follows at once: "no surgery apart from a new hip"."""
    following = tuple(token.norm_ for token in target.doc[target.end : target.end + 2])
    return following in OTHER or any(word in EXCEPT for word in following[:1])


def asks_in_general(target: Span, cast: Cast) -> bool:
    """Whether it is a question about anybody: "is deep tissue ok with MS?"."""
    sentence = target.sent
    spoken = [token for token in sentence if token.is_alpha or token.norm_ == "not"]
    if len(spoken) < 2 or spoken[0].norm_ not in ASKING or spoken[1].norm_ == "not":
        return False
    if target.label_ == words.CLAUSE or not _ends_asking(target.doc, sentence):
        return False
    return not any(sentence.start <= mention.start < sentence.end for mention in cast.mentions)


def asks_of_folk(target: Span, cast: Cast) -> bool:
    """Whether a message asks about people at large: "do you take anyone who's had a stroke?".

    Not "my wife is someone who has fits", and nothing beside a word for the one who writes.
    """
    doc, clause = target.doc, target.sent
    if "?" not in doc.text and not any(token.norm_ in POLICY for token in doc):
        return False
    end = clause.end if target.label_ == words.CLAUSE else target.start
    for token in doc[clause.start : end]:
        if token.norm_ not in FOLK or token.i + 1 >= len(doc):
            continue
        is_like = token.i > clause.start and doc[token.i - 1].norm_ in LIKE_THEM
        if is_like or doc[token.i + 1].norm_ not in OF_THEM:
            continue
        told = doc[token.i + 2].norm_ if token.i + 2 < len(doc) else ""
        rest = doc[token.i : max(target.end, end)]
        is_own = any(one.norm_ in OWN for one in rest)
        held = [
            one for one in cast.mentions if clause.start <= one.start < token.i and not one.owns
        ]
        if not is_own and told not in ABLE and not _is_one(doc, held, token.i):
            return True
    return False


def _is_one(doc: Doc, held: list[Mention], place: int) -> bool:
    """Whether the folk are somebody who was named: "I'm somebody who", "my wife is a person"."""
    between = doc[held[-1].start : place] if held else ()
    return any(token.norm_ in BEING for token in between)


def _ends_asking(doc: Doc, sentence: Span) -> bool:
    """Whether a question mark ends it, or nothing does: chat leaves it out.

    More may follow before that: "can massage help migraines, or is that a myth?".
    """
    ends = (token.text for token in doc[sentence.end - 1 :] if token.text in STOPS)
    return next(ends, "?") in ("?", "\n")
