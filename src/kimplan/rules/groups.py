"""The rules by when they are asked, each group imported when it is.

Whoever only loads a plan asks those whose findings are errors, and `lint` none that depends on the
day or on a change.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from kimplan.rules.base import Rule

Rules: TypeAlias = "tuple[type[Rule], ...]"


def reading_rules() -> Rules:
    """Return the rules which are kept while a file is read, and ask nothing themselves."""
    from kimplan.rules.dates import (
        BackwardsInterval,
        NotADate,
    )
    from kimplan.rules.fields import (
        DamagedText,
        EmptyField,
        ForbiddenCharacter,
        InvisibleCharacter,
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
        TooLarge,
        Unreadable,
        UselessIgnore,
    )

    return (
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
        LookAlike,
        DamagedText,
        NotADate,
        BackwardsInterval,
    )


def error_rules() -> Rules:
    """Return the rules whose findings are errors: without them no report can be made."""
    from kimplan.rules.dates import (
        AbsurdDate,
    )
    from kimplan.rules.declared_fields import (
        ContradictoryField,
        UnknownOwnColumn,
    )
    from kimplan.rules.own_fields import (
        MissingOwnField,
        NoSuchChoice,
        UnknownOwnField,
        WrongOwnValue,
    )
    from kimplan.rules.owners import (
        NoOwner,
        OwnersRunTogether,
        UnknownOwner,
    )
    from kimplan.rules.promises import (
        BrokenChain,
        DueReason,
    )
    from kimplan.rules.ratings import (
        CompletedWhileOpen,
        MissingDue,
        MissingEvidence,
        OpenActionWhenClosed,
    )
    from kimplan.rules.references import (
        DuplicateRef,
        DuplicateSetting,
        NoRecommendations,
        RefIsNotFileName,
        UnknownSection,
    )
    from kimplan.rules.registry import (
        NoRole,
    )
    from kimplan.rules.supersession import (
        SupersededButApplies,
        SupersededInACircle,
        UnknownSuccessor,
    )
    from kimplan.rules.web_links import (
        NotAWebAddress,
    )

    return (
        UnknownOwnField,
        NoSuchChoice,
        MissingOwnField,
        WrongOwnValue,
        AbsurdDate,
        BrokenChain,
        DueReason,
        MissingDue,
        MissingEvidence,
        NotAWebAddress,
        CompletedWhileOpen,
        OpenActionWhenClosed,
        UnknownOwner,
        NoOwner,
        OwnersRunTogether,
        NoRole,
        DuplicateRef,
        RefIsNotFileName,
        UnknownSection,
        DuplicateSetting,
        NoRecommendations,
        ContradictoryField,
        UnknownOwnColumn,
        SupersededButApplies,
        UnknownSuccessor,
        SupersededInACircle,
    )


def warning_rules() -> Rules:
    """Return the rules whose findings are warnings or hints."""
    from kimplan.rules.dates import (
        ActionAfterRecommendation,
        DueBeforeSource,
        EventBeforeSource,
        OutOfOrder,
    )
    from kimplan.rules.entities import (
        HtmlEntity,
    )
    from kimplan.rules.fields import (
        KeyOrder,
    )
    from kimplan.rules.files import (
        StrayWhiteSpace,
    )
    from kimplan.rules.labels import (
        ContradictoryLabel,
    )
    from kimplan.rules.left_open import (
        Placeholder,
    )
    from kimplan.rules.owners import (
        IdleRole,
        OwnerTwice,
    )
    from kimplan.rules.ratings import (
        AllActionsDone,
        GreenWithoutEvidence,
    )
    from kimplan.rules.references import (
        EmptySection,
        NumberingGap,
    )
    from kimplan.rules.registry import (
        NoEmailAddress,
    )
    from kimplan.rules.supersession import (
        LaterThanSuperseded,
    )
    from kimplan.rules.web_links import (
        DoubtfulLink,
    )
    from kimplan.rules.wording import (
        DoubledWord,
        FirstPerson,
        InPlaceButOpen,
        ListIsMissing,
        TypedBullet,
    )

    return (
        StrayWhiteSpace,
        KeyOrder,
        HtmlEntity,
        DueBeforeSource,
        OutOfOrder,
        EventBeforeSource,
        ActionAfterRecommendation,
        GreenWithoutEvidence,
        AllActionsDone,
        ContradictoryLabel,
        DoubtfulLink,
        OwnerTwice,
        IdleRole,
        NoEmailAddress,
        EmptySection,
        NumberingGap,
        LaterThanSuperseded,
        ListIsMissing,
        InPlaceButOpen,
        FirstPerson,
        Placeholder,
        DoubledWord,
        TypedBullet,
    )


def clock_rules() -> Rules:
    """Return the rules which depend on the day."""
    from kimplan.rules.clock import (
        DueSoon,
        ExpiredEvidence,
        FutureFact,
        NoDateAgreed,
        NoProgressNote,
        Overdue,
        OverdueAction,
    )

    return (
        Overdue,
        DueSoon,
        ExpiredEvidence,
        NoProgressNote,
        OverdueAction,
        FutureFact,
        NoDateAgreed,
    )


def change_rules() -> Rules:
    """Return the rules which hold a plan against an earlier state."""
    from kimplan.rules.change_control import (
        OmbudsmansWords,
        RemovedRecommendation,
    )
    from kimplan.rules.kept_dates import (
        AnotherMeaning,
        SilentMove,
    )
    from kimplan.rules.kept_records import (
        ChangedWhileVerified,
        GreenWithoutProof,
        RewrittenHistory,
    )

    return (
        SilentMove,
        RewrittenHistory,
        GreenWithoutProof,
        RemovedRecommendation,
        OmbudsmansWords,
        ChangedWhileVerified,
        AnotherMeaning,
    )
