"""A folder to a plan and what is wrong with it; bad content is data, never an exception."""

from kimplan.loader.find_all import find_plans, plan_names
from kimplan.loader.folder import PlanFolder
from kimplan.loader.loaded_file import LoadedFile
from kimplan.whereabouts import find_plan, find_plan_of, find_plan_of_all, find_repository

__all__ = [
    "LoadedFile",
    "PlanFolder",
    "find_plan",
    "find_plan_of",
    "find_plan_of_all",
    "find_plans",
    "find_repository",
    "plan_names",
]
