"""How wide the letters of well-known fonts are, in bold, where they are widest.

The figures are the advance widths of the free fonts that are made to the same measure (Liberation
for Arial and Times New Roman, Carlito for Calibri, Caladea for Cambria; DejaVu Sans and a little
more for Verdana), in thousandths of the size, from the space to the tilde. They stand here so that
a report has the same columns on every machine; a test holds some against the fonts themselves.
"""

from __future__ import annotations

from functools import lru_cache

_FIRST, _LAST = " ", "~"
WIDTHS = {
    "arial": (
        "278 333 474 556 556 889 722 238 333 333 389 584 278 333 278 278 556 556 556 556 556 "
        "556 556 556 556 556 333 333 584 584 584 611 975 722 722 722 722 667 611 778 722 278 "
        "556 722 611 833 722 778 667 778 722 667 611 722 667 944 667 667 611 333 278 333 584 "
        "556 333 556 611 556 611 556 333 611 611 278 278 556 278 889 611 611 611 611 389 556 "
        "333 611 556 778 556 556 500 389 280 389 584 "
    ),
    "times new roman": (
        "250 333 555 500 500 1000 833 278 333 333 500 570 250 333 250 278 500 500 500 500 500 "
        "500 500 500 500 500 333 333 570 570 570 500 930 722 667 722 722 667 611 778 778 389 "
        "500 778 667 944 722 778 611 778 722 556 667 722 722 1000 722 722 667 333 278 333 581 "
        "500 333 500 556 444 556 444 333 500 556 278 333 556 278 833 556 500 556 556 444 389 "
        "333 556 500 722 500 500 444 394 220 394 520 "
    ),
    "calibri": (
        "226 326 438 498 507 729 705 233 312 312 498 498 258 306 267 430 507 507 507 507 507 "
        "507 507 507 507 507 276 276 498 498 498 463 898 606 561 529 630 488 459 637 631 267 "
        "331 547 423 874 659 676 532 686 563 473 495 653 591 906 551 520 478 325 430 325 498 "
        "498 300 494 537 418 537 503 316 474 537 246 255 480 246 813 537 538 537 537 355 399 "
        "347 537 473 745 459 474 397 344 475 344 498 "
    ),
    "cambria": (
        "220 335 422 618 543 976 740 251 408 408 453 592 232 311 230 505 533 458 507 508 553 "
        "520 538 494 556 534 280 280 592 592 592 452 921 653 634 551 664 559 534 586 719 358 "
        "340 680 541 845 686 647 593 647 640 473 587 695 632 959 616 587 554 368 505 368 592 "
        "371 184 525 568 450 570 513 335 508 600 308 297 589 311 891 604 530 573 559 454 444 "
        "365 609 519 779 525 521 464 393 320 393 592 "
    ),
    "verdana": (
        "358 470 537 863 717 1032 898 315 471 471 539 863 391 427 391 376 717 717 717 717 717 "
        "717 717 717 717 717 412 412 863 863 863 597 1030 797 785 756 855 703 703 846 862 383 "
        "383 798 656 1025 862 876 755 876 793 742 702 836 797 1136 794 746 747 471 376 471 863 "
        "515 515 695 737 611 737 698 448 737 733 353 353 685 353 1073 733 708 737 737 508 613 "
        "492 733 672 952 664 672 599 733 376 733 863 "
    ),
}
_SAME = {
    "arial": ("helvetica", "helvetica neue", "liberation sans", "arimo", "arial mt"),
    "times new roman": ("times", "liberation serif", "tinos", "garamond", "eb garamond"),
    "calibri": ("carlito", "calibri light"),
    "cambria": ("caladea",),
}
# Of a font that is not known, the letters are taken to be as wide as the widest of these.
_GENEROUS = "verdana"
_REGULAR = 0.95  # the width of letters that are not bold, against those that are


def word_width(word: str, font: str, points: float, *, bold: bool = True) -> float:
    """Return the width of `word` in the letters of `font` at a size in points, in millimetres.

    A letter beyond ASCII is taken to be as wide as a capital.
    """
    widths = _table(font)
    capital = widths["W"]
    thousandths = sum(widths.get(letter, capital) for letter in word)
    return thousandths * points / 1000 * 25.4 / 72 * (1 if bold else _REGULAR)


@lru_cache(maxsize=8)
def _table(font: str) -> dict[str, int]:
    name = font.casefold()
    names = {other: known for known, others in _SAME.items() for other in others}
    known = names.get(name, name)
    figures = WIDTHS[known if known in WIDTHS else _GENEROUS].split()
    letters = map(chr, range(ord(_FIRST), ord(_LAST) + 1))
    return dict(zip(letters, map(int, figures), strict=True))
