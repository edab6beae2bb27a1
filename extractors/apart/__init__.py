"""Reading what nobody vouches for, in processes of its own: bounded in memory, processor and time, each item by itself.

What cuts a process off (a file that unfolds to gigabytes, a library that crashes or never ends) costs one item, which gets its reason;
the process is started again and the neighbours are read. Nothing but data comes back, checked against the type that was asked for.
"""

from extractors.apart.errands import Errand
from extractors.apart.reading_process import ReadingProcess
from extractors.apart.reading_processes import ReadingProcesses, kept

__all__ = ["Errand", "ReadingProcess", "ReadingProcesses", "kept"]
