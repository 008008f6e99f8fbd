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
    def find(self, rut="", **form):
        """No cookie and no token of one: nothing is changed by asking."""
        asked = {name: str(form.get(name) or "").strip()[:40] for name in _FIELDS}
        asked["rut"] = query_rut(rut) or query_rut(asked["rut"])
        documents = request.env["l10n_cl.dte"]
        kinds = {str(code): code for code, _name in documents._query_kinds()}
        kind, folio = kinds.get(asked["kind"]), query_folio(asked["folio"])
        day, total = query_day(asked["day"]), query_total(asked["total"])
        if None in (kind, folio, day, total):
            return self._page(asked, "incomplete")
        found, wait = documents._query(asked["rut"], kind, folio, day, total)
        if wait:
            answer = self._page(asked, "wait")
            answer.status_code = 429
            answer.headers["Retry-After"] = str(wait)
            return answer
        if not found:
            return self._page(asked, "not_found")
        return request.redirect(found._public_path(), code=303)

    def _page(self, asked, problem=""):
        language = get_lang(request.env, "es_CL").code
        request.update_context(lang=language)
        values = {
            "asked": asked,
            "problem": problem,
            "kinds": request.env["l10n_cl.dte"]._query_kinds(),
            "address": f"{QUERY}/{asked['rut']}" if asked.get("rut") else QUERY,
        }
        answer = request.render("l10n_cl_sii.query_document", values)
        answer.headers.extend(PRIVATE)
        return answer
