"""When two records may be one person: what speaks for it and against it, and how much (S1 §3.7, §8.6)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from dpdesk.domain.members import CODES, Member, Status

LEAST = 65
"""The score from which a pair is proposed."""

FOR = {"name_same": 50, "name_alike": 40, "name_short": 45, "name_swapped": 42, "name_part": 40, "surname_other": 15,
       "email_same": 25, "phone_same": 20, "born_same": 30, "postcode_same": 20, "address_same": 5}
AGAINST = {"born_other": -45, "born_close": -10, "number_other": -5}
POINTS = FOR | AGAINST


@dataclass(frozen=True)
class Pair:
    """Two people who may be one: identities, the score from 0 to 100, and the reasons for and against by code."""

    a: str
    b: str
    score: int
    reasons: tuple[str, ...]
    names: tuple[str, str] = ("", "")


def score(reasons: tuple[str, ...]) -> int:
    """The points of the reasons, from 0 to 100."""
    return max(0, min(100, sum(POINTS[code] for code in reasons)))


_SHORT = """abby abigail|alan al|alexander alex sandy|alexandra alex sandra|alfred alf alfie fred|alison ali|amanda mandy|andrew
andy drew|angela angie|ann anne annie anna|anthony tony ant|arthur art|barbara barb babs|benjamin ben|bernard bernie|beverley bev|
brenda bren|bridget bridie|bronwen bron|caroline carol caz|catherine kate katie cath cathy kathy kay|charles charlie chas chuck|
charlotte lottie|christine chris chrissie tina|christopher chris kit|clifford cliff|daniel dan danny|david dave davy dai|
deborah debbie debs|dennis den|derek del|diana di|donald don|dorothy dot dotty|douglas doug|edward ed eddie ted ned|eleanor ellie
nell|elizabeth liz lizzie beth betty eliza libby lisa|emily em emmy|eric rick|ernest ernie|eugene gene|fiona fi|florence flo
florrie|francis frank|frances fran|frederick fred freddie|gareth gaz gary|geoffrey geoff|george georgie|gerald gerry|gillian gill
jill|graham gray|gregory greg|gwendolyn gwen|harold harry hal|harriet hattie|helen nell|henry harry hal|herbert bert|hilary hil|
howard howie|hugh huw hughie|ian iain|irene rene|isabel bel izzy isobel|jacob jake|jacqueline jackie jacqui|james jim jimmy jamie|
janet jan|jason jay|jean jeanie|jeffrey jeff|jennifer jenny jen|jeremy jerry|jessica jess jessie|joan joanie|joanna jo joanne|
john jack johnny jon|jonathan jon jonny|joseph joe joey|josephine jo josie|joshua josh|judith judy jude|julia julie jules|
katherine kate katie kath kathy kay katharine kathryn|kathleen kath kathy|kenneth ken kenny|kevin kev|kimberley kim|laurence larry
laurie lawrence|leonard len lenny|leslie les|lewis lew louis|lillian lily|linda lin lindy|louise lou|lucy lucie|lynn lin|
malcolm mal|margaret maggie meg peggy marge|marilyn maz|mark marc|martin marty|mary molly polly|matthew matt|maureen mo|
maxwell max|megan meg|melanie mel|michael mick mike mickey|michelle shell|mohammed mohammad muhammad mo|mohamed mo|molly mol|
nadia nad|nathaniel nat nathan|nicholas nick nicky|nicola nicky nicki|nigel nige|norman norm|oliver olly ollie|olivia liv livvy|
oswald oz|pamela pam|patricia pat tricia patsy|patrick pat paddy|paul paulie|pauline paula|penelope penny|peter pete|philip phil|
philippa pippa|rachel rach|raymond ray|rebecca becky bec|reginald reg|richard rich rick dick dickie ricky|robert bob bobby rob
robbie|roderick rod|roger rog|ronald ron ronnie|rosemary rose rosie|roy royston|russell russ|samantha sam|samuel sam sammy|
sandra sandy|sarah sally sal|sean shaun shawn|sharon shaz|sheila shelagh|simon si|sophie soph|stanley stan|stephanie steph|
stephen steve stevie steven|stuart stewart stu|susan sue susie suzie|sylvia syl|teresa terry tess theresa|terence terry|
thomas tom tommy|timothy tim|tracey trace|trevor trev|valerie val|veronica ronnie|victor vic|victoria vicky tori|vincent vince|
violet vi|virginia ginny|vivian viv|walter walt wally|wendy wend|wilfred wilf|william bill billy will liam gwilym|winifred win
winnie|yvonne von|zachary zac zak"""
_FAMILIES: dict[str, frozenset[int]] = {}
for _number, _line in enumerate(_SHORT.replace("\n", " ").split("|")):
    for _name in _line.split():
        _FAMILIES[_name] = _FAMILIES.get(_name, frozenset()) | {_number}


def same_forename(one: str, other: str) -> bool:
    """Whether two folded forenames are forms of one: Liz and Elizabeth, Bob and Robert."""
    return bool(_FAMILIES.get(one, frozenset()) & _FAMILIES.get(other, frozenset()))


_RANK = {Status.DECEASED: 0, Status.CURRENT: 1, Status.ARREARS: 2, Status.PENDING: 3, Status.RESIGNED: 4, Status.LAPSED: 5}
KEEP, GONE = "keep", "gone"


@dataclass(frozen=True)
class Choice:
    """How two records become one: `kept` stays, `gone` goes; `take` says for each differing field whose value is taken."""

    kept: Member
    gone: Member
    take: Mapping[str, str] = field(default_factory=dict)

    @property
    def changed(self) -> dict[str, str]:
        """The fields of `kept` that change."""
        return {code: getattr(self.gone, code) for code, side in self.take.items()
                if side == GONE and getattr(self.gone, code) != getattr(self.kept, code)}


def differing(one: Member, other: Member) -> tuple[str, ...]:
    """The fields in which two records differ, in the order of a person's page."""
    return tuple(code for code in CODES if getattr(one, code) != getattr(other, code))


def propose(one: Member, other: Member) -> Choice:
    """Which record to keep (the member, with a number, the older) and whose value to take of each field.

    The newer value where both have one; a value before none; somebody who died stays so; a standing membership before a lapsed one.
    """
    kept, gone = sorted((one, other), key=lambda who: (who.kind.value != "member", not who.number, who.row))
    take = {}
    for code in differing(kept, gone):
        mine, other_value = getattr(kept, code), getattr(gone, code)
        if code == "number":
            side = KEEP if mine else GONE
        elif code == "status":
            side = KEEP if _rank(mine) <= _rank(other_value) else GONE
        elif not mine or not other_value:
            side = KEEP if mine else GONE
        else:
            side = KEEP if kept.changed >= gone.changed else GONE
        take[code] = side
    return Choice(kept, gone, take)


def _rank(status: str) -> int:
    return _RANK[Status(status)] if status in set(Status) else 9
