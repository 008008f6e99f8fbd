"""The gate of every method that people and programs can call.

Odoo lets anybody who is logged in call any public method with any ids. So each public method of ours
says with ``entry`` who may call it; ``tests/test_base_access.py`` walks them all and calls each as
those who may not.
"""

from functools import wraps

from odoo.exceptions import AccessError


def entry(access="read", group=None):
    """Let only those call the method who have ``access`` to the very records that it is called on.

    access: "read", "write", "create" or "unlink". group: external id of a group that the caller
    needs besides. Raises AccessError before a line of the method has run. Code that runs as system
    passes: it has been asked by something that was itself checked.
    """

    def mark(method):
        @wraps(method)
        def checked(self, *args, **kwargs):
            if not self.env.su:
                if group and not self.env.user.has_group(group):
                    raise AccessError(
                        self.env._("You need the right “%s” for this.", _label(self.env, group))
                    )
                self.check_access(access)
            return method(self, *args, **kwargs)

        checked._l10n_cl_entry = (access, group)
        return checked

    return mark


def _label(env, group):
    return env.ref(group).sudo().full_name
