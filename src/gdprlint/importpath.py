"""Where code may be imported from: never from the folder in which gdprlint was started.

`python -m` puts the working folder first on the import path, and the working folder is what is
being linted. A stranger's repository must not get its code run by being looked at. This module is
imported before all others and therefore imports nothing that is not loaded at the start of Python
(not even `__future__`, which would be looked for in the working folder).
"""

import os


def without_working_folder(entries: list[str]) -> list[str]:
    """The import path less the working folder, however it is written.

    The folder that holds this package stays: its code runs already, and it may be the
    site-packages in which everything else is found.
    """
    home = os.path.realpath(os.path.join(os.path.dirname(__file__), os.pardir))
    try:
        here = os.path.realpath(os.getcwd())
    except OSError:  # the working folder was deleted
        return [entry for entry in entries if os.path.isabs(entry)]
    return [entry for entry in entries if os.path.realpath(entry) != here or here == home]
