"""The colours of the ratings, wherever a table shows them: a fill, and the text on it.

Each pair has a contrast of 7:1 or better (WCAG 2.2, success criterion 1.4.6); the rating's word
always stands in the cell as well.
"""

from __future__ import annotations

from kimplan.model.rating import Rating

# Red, green and blue as six hexadecimal digits: the fill, then the text.
COLOURS = {
    Rating.GREEN: ("BFE3C6", "0B3D1E"),
    Rating.BLUE: ("1D4E89", "FFFFFF"),
    Rating.ON_TRACK: ("BFE3C6", "0B3D1E"),
    Rating.AMBER: ("FFB000", "000000"),
    Rating.RED: ("A4161A", "FFFFFF"),
    Rating.NOT_APPLICABLE: ("F2F2F2", "4D4D4D"),
}
