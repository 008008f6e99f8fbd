"""Prints fetch nothing that others chose."""

import pytest

from sii.printing import own_resources

BASE = "http://127.0.0.1:8069"

FOREIGN = [
    '<img src="http://evil.example/x.png">',
    '<img src="http://127.0.0.1:9999/x">',
    '<img src="http://127.0.0.1:8069/my/home">',
    '<img src="http://127.0.0.1:8069/web/assets/../../my/home">',
    '<img src="/my/home?x=1">',
    '<img src="//evil.example/x.png">',
    '<img src="\\\\evil.example\\x.png">',
    '<img src="file:///etc/passwd">',
    '<img src=" FILE:///etc/passwd">',
    '<img srcset="http://evil.example/x.png 2x">',
    '<img src="ftp://evil.example/x">',
    '<img src="jAvAsCrIpT:alert(1)">',
    '<img src="data:text/html,evil">',
    '<table background="http://evil.example/x"><tr><td></td></tr></table>',
    '<body background="http://evil.example/x"></body>',
    '<input type="image" src="http://evil.example/x">',
    '<video poster="http://evil.example/x"></video>',
    '<iframe src="http://evil.example/x"></iframe>',
    '<iframe srcdoc="&lt;img src=http://evil.example/x&gt;"></iframe>',
    '<object data="http://evil.example/x"></object>',
    '<embed src="http://evil.example/x">',
    '<link rel="stylesheet" href="http://evil.example/x.css">',
    '<script src="http://evil.example/x.js"></script>',
    '<meta http-equiv="refresh" content="0; url=http://evil.example/">',
    '<base href="http://evil.example/">',
    '<style>@import "http://evil.example/x.css";</style>',
    "<style>p { background: url(http://evil.example/x) }</style>",
    '<p style="background: url(http://evil.example/x)">a</p>',
    "<p style=\"background: URL ( '//evil.example/x' )\">a</p>",
    '<p style="background: u\\72l(http://evil.example/x)">a</p>',
    "<p style=\"background: image-set('http://evil.example/x' 1x)\">a</p>",
    '<svg><image xlink:href="http://evil.example/x"/></svg>',
    '<svg><use href="http://evil.example/x#a"/></svg>',
]


@pytest.mark.parametrize("part", FOREIGN)
def test_nothing_foreign_is_fetched(part):
    kept = own_resources.keep(f"<html><body><p>before</p>{part}<p>after</p></body></html>", BASE)
    for word in ("evil", "file:", "my/home", "javascript:", "9999", "data:text"):
        assert word not in kept.lower()
    assert "before" in kept
    assert "after" in kept


@pytest.mark.parametrize(
    "part",
    [
        '<img src="data:image/svg+xml;base64,AAAA">',
        '<img src="/web/image/res.company/1/logo">',
        '<link rel="stylesheet" href="/web/assets/1/a.css">',
        '<link rel="stylesheet" href="http://127.0.0.1:8069/web/assets/1/a.css">',
        '<img src="/l10n_cl_sii/static/img/a.png">',
        '<base href="http://127.0.0.1:8069">',
        '<a href="http://example.cl/">our page</a>',
        '<p style="color: #c00000; font-weight: bold">a</p>',
        '<p style="background: url(data:image/png;base64,AAAA)">a</p>',
    ],
)
def test_what_layouts_need_stays(part):
    assert part in own_resources.keep(f"<html><head></head><body>{part}</body></html>", BASE)
