"""The fills and paragraph styles of the ratings."""

from __future__ import annotations

from kimplan.model.rating import Rating
from kimplan.report.colours import COLOURS

FILLS = {rating: fill for rating, (fill, _) in COLOURS.items()}
TEXTS = {rating: text for rating, (_, text) in COLOURS.items()}
SECTION_FILL = "E8EDF3"
STYLES = {
    Rating.GREEN: "kimplan Green",
    Rating.BLUE: "kimplan Blue",
    Rating.ON_TRACK: "kimplan Green",
    Rating.AMBER: "kimplan Amber",
    Rating.RED: "kimplan Red",
    Rating.NOT_APPLICABLE: "kimplan Not Applicable",
}
