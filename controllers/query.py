"""The query page of documents: for whoever holds a ticket, on a phone, without a login."""

from odoo.http import Controller, request, route
from odoo.tools.misc import get_lang

from ..models.dte.query import QUERY, query_day, query_folio, query_rut, query_total
from .door import PRIVATE

_FIELDS = ("rut", "kind", "folio", "day", "total")
# Five short fields.
_MOST_BYTES = 10_000
_OPEN = {"type": "http", "auth": "public", "sitemap": False, "save_session": False}


class QueryDocument(Controller):
    """The same answer for what is unknown and what is wrong, and few tries at one document."""

    @route([QUERY, f"{QUERY}/<string:rut>"], methods=["GET"], **_OPEN)
    def ask(self, rut=""):
        return self._page({"rut": query_rut(rut)})

    @route(
        [QUERY, f"{QUERY}/<string:rut>"],
        methods=["POST"],
        csrf=False,
        max_content_length=_MOST_BYTES,
        **_OPEN,
    )
    def find(self, rut="", **typed):
        """No cookie and no token of one: nothing is changed by asking."""
        said = {name: str(typed.get(name) or "").strip()[:40] for name in _FIELDS}
        said["rut"] = query_rut(rut) or query_rut(said["rut"])
        documents = request.env["l10n_cl.dte"]
        kinds = {str(code): code for code, _name in documents._query_kinds()}
        kind, folio = kinds.get(said["kind"]), query_folio(said["folio"])
        day, total = query_day(said["day"]), query_total(said["total"])
        if None in (kind, folio, day, total):
            return self._page(said, "incomplete")
        found, wait = documents._query(said["rut"], kind, folio, day, total)
        if wait:
            answer = self._page(said, "wait")
            answer.status_code = 429
            answer.headers["Retry-After"] = str(wait)
            return answer
        if not found:
            return self._page(said, "not_found")
        return request.redirect(found._public_path(), code=303)

    def _page(self, said, problem=""):
        language = get_lang(request.env, "es_CL").code
        request.update_context(lang=language)
        values = {
            "said": said,
            "problem": problem,
            "kinds": request.env["l10n_cl.dte"]._query_kinds(),
            "address": f"{QUERY}/{said['rut']}" if said.get("rut") else QUERY,
        }
        answer = request.render("l10n_cl_sii.query_document", values)
        answer.headers.extend(PRIVATE)
        return answer
