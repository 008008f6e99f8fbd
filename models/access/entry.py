"""The gate of every method that people and programs can call.

Odoo lets anybody who is logged in call any public method with any ids. So each public method of
ours states with ``entry`` who may call it; ``tests/access/test_entries.py`` walks them all and
calls each as those who may not.
"""

from functools import wraps

from odoo.exceptions import AccessError

VIEWER = "l10n_cl_sii.group_viewer"
EMITTER = "l10n_cl_sii.group_emitter"
MANAGER = "l10n_cl_sii.group_manager"
# of fields that are nothing to those who see their own records in the portal
INTERNAL = "base.group_user"


def entry(access="read", group=None):
    """Let only those call the method who have ``access`` to the very records that it is called on.

    access: "read", "write", "create" or "unlink". group: external id of a group that the caller
    needs too. Raises AccessError before a line of the method has run. Code that runs as system
    passes: it has been asked by something that was itself checked. A method that returns nothing
    answers True.

    What else the method is given (ids in arguments, values or context) is not looked at here:
    see ``models/access/given.py``.
    """

    def mark(method):
        @wraps(method)
        def checked(self, *args, **kwargs):
            _check_entry(self, access, group)
            result = method(self, *args, **kwargs)
            # XML-RPC knows no None: who calls by it would get a Fault after all was done
            return True if result is None else result

        checked._l10n_cl_entry = (access, group)
        return checked

    return mark


def _check_entry(records, access, group):
    env = records.env
    if env.su:
        return
    if group and not env.user.has_group(group):
        label = env.ref(group).sudo().full_name
        raise AccessError(env._("You need the right “%s” for this.", label))
    records.check_access(access)
