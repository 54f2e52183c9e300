"""The fills and paragraph styles of the ratings; text on its fill has a contrast of 7:1 or better.

WCAG 2.2, success criterion 1.4.6; the rating's word always stands in the cell as well.
"""

from __future__ import annotations

from kimplan.model.rating import Rating

FILLS = {
    Rating.GREEN: "BFE3C6",
    Rating.BLUE: "1D4E89",
    Rating.ON_TRACK: "BFE3C6",
    Rating.AMBER: "FFB000",
    Rating.RED: "A4161A",
    Rating.NOT_APPLICABLE: "F2F2F2",
}
TEXTS = {
    Rating.GREEN: "0B3D1E",
    Rating.BLUE: "FFFFFF",
    Rating.ON_TRACK: "0B3D1E",
    Rating.AMBER: "000000",
    Rating.RED: "FFFFFF",
    Rating.NOT_APPLICABLE: "4D4D4D",
}
SECTION_FILL = "E8EDF3"
STYLES = {
    Rating.GREEN: "kimplan Green",
    Rating.BLUE: "kimplan Blue",
    Rating.ON_TRACK: "kimplan Green",
    Rating.AMBER: "kimplan Amber",
    Rating.RED: "kimplan Red",
    Rating.NOT_APPLICABLE: "kimplan Not Applicable",
}
