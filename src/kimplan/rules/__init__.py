"""The rules of a plan: one small class a code, whose docstring is its documentation."""

from kimplan.rules.base import ChangeRule, ClockRule, Context, ReadingRule, Rule
from kimplan.rules.change_control import OmbudsmansWords, RemovedRecommendation
from kimplan.rules.clock import (
    DueSoon,
    ExpiredEvidence,
    FutureFact,
    NoDateAgreed,
    NoProgressNote,
    Overdue,
    OverdueAction,
)
from kimplan.rules.dates import (
    AbsurdDate,
    ActionAfterRecommendation,
    BackwardsInterval,
    DueBeforeSource,
    EventBeforeSource,
    NotADate,
    OutOfOrder,
)
from kimplan.rules.declared_fields import ContradictoryField, UnknownOwnColumn
from kimplan.rules.entities import HtmlEntity
from kimplan.rules.fields import (
    DamagedText,
    EmptyField,
    ForbiddenCharacter,
    InvisibleCharacter,
    KeyOrder,
    LookAlike,
    Malformed,
    MissingField,
    TooLong,
    UnknownField,
    UnknownValue,
    WrongKind,
)
from kimplan.rules.files import (
    BadIgnore,
    DuplicateKey,
    LostText,
    NoKeys,
    NotOnWindows,
    NotPlainYaml,
    NotUtf8,
    NotYaml,
    Stray,
    StrayWhiteSpace,
    TooLarge,
    Unreadable,
    UselessIgnore,
)
from kimplan.rules.kept_dates import AnotherMeaning, SilentMove
from kimplan.rules.kept_records import (
    ChangedWhileVerified,
    GreenWithoutProof,
    RewrittenHistory,
)
from kimplan.rules.labels import ContradictoryLabel
from kimplan.rules.left_open import Placeholder
from kimplan.rules.own_fields import (
    MissingOwnField,
    NoSuchChoice,
    UnknownOwnField,
    WrongOwnValue,
)
from kimplan.rules.owners import IdleRole, NoOwner, OwnersRunTogether, OwnerTwice, UnknownOwner
from kimplan.rules.promises import BrokenChain, DueReason
from kimplan.rules.ratings import (
    AllActionsDone,
    CompletedWhileOpen,
    GreenWithoutEvidence,
    MissingDue,
    MissingEvidence,
    OpenActionWhenClosed,
)
from kimplan.rules.references import (
    DuplicateRef,
    DuplicateSetting,
    EmptySection,
    NoRecommendations,
    NumberingGap,
    RefIsNotFileName,
    UnknownSection,
)
from kimplan.rules.registry import NoEmailAddress, NoRole
from kimplan.rules.supersession import (
    LaterThanSuperseded,
    SupersededButApplies,
    SupersededInACircle,
    UnknownSuccessor,
)
from kimplan.rules.web_links import DoubtfulLink, NotAWebAddress
from kimplan.rules.wording import (
    DoubledWord,
    FirstPerson,
    InPlaceButOpen,
    ListIsMissing,
    TypedBullet,
)

ALL_RULES: tuple[type[Rule], ...] = (
    Unreadable,
    NotUtf8,
    NotYaml,
    DuplicateKey,
    NotPlainYaml,
    TooLarge,
    Stray,
    LostText,
    NoKeys,
    NotOnWindows,
    StrayWhiteSpace,
    UselessIgnore,
    BadIgnore,
    MissingField,
    UnknownField,
    WrongKind,
    EmptyField,
    UnknownValue,
    TooLong,
    ForbiddenCharacter,
    Malformed,
    InvisibleCharacter,
    KeyOrder,
    UnknownOwnField,
    NoSuchChoice,
    MissingOwnField,
    WrongOwnValue,
    LookAlike,
    DamagedText,
    HtmlEntity,
    NotADate,
    BackwardsInterval,
    DueBeforeSource,
    AbsurdDate,
    BrokenChain,
    OutOfOrder,
    EventBeforeSource,
    ActionAfterRecommendation,
    DueReason,
    MissingDue,
    GreenWithoutEvidence,
    MissingEvidence,
    NotAWebAddress,
    CompletedWhileOpen,
    OpenActionWhenClosed,
    AllActionsDone,
    ContradictoryLabel,
    DoubtfulLink,
    UnknownOwner,
    NoOwner,
    OwnerTwice,
    OwnersRunTogether,
    IdleRole,
    NoRole,
    NoEmailAddress,
    DuplicateRef,
    RefIsNotFileName,
    UnknownSection,
    DuplicateSetting,
    NoRecommendations,
    EmptySection,
    NumberingGap,
    ContradictoryField,
    UnknownOwnColumn,
    SupersededButApplies,
    UnknownSuccessor,
    SupersededInACircle,
    LaterThanSuperseded,
    ListIsMissing,
    InPlaceButOpen,
    FirstPerson,
    Placeholder,
    DoubledWord,
    TypedBullet,
    Overdue,
    DueSoon,
    ExpiredEvidence,
    NoProgressNote,
    OverdueAction,
    FutureFact,
    NoDateAgreed,
    SilentMove,
    RewrittenHistory,
    GreenWithoutProof,
    RemovedRecommendation,
    OmbudsmansWords,
    ChangedWhileVerified,
    AnotherMeaning,
)


def rules_of(prefix: str) -> list[type[Rule]]:
    """Return the rules whose code is `prefix` or begins with it."""
    return [rule for rule in ALL_RULES if rule.code.startswith(prefix)]


__all__ = [
    "ALL_RULES",
    "ChangeRule",
    "ClockRule",
    "Context",
    "ReadingRule",
    "Rule",
    "rules_of",
]
