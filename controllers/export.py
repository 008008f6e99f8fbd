"""Exported cells are what they are: what a stranger wrote into a name is no formula and no link."""

from odoo.addons.web.controllers import export

# What else programs that open a CSV file take for the beginning of a formula; Odoo defuses the rest
_FORMULA = ("@", "\t", "\r", "\n")


class _Writer(export.ExportXlsxWriter):
    def write(self, row, column, cell_value, style=None):
        if isinstance(cell_value, str):
            return self.worksheet.write_string(row, column, cell_value, style)
        return super().write(row, column, cell_value, style)


class _GroupWriter(_Writer, export.GroupExportXlsxWriter):
    pass


class ExcelExport(export.ExcelExport):
    def from_group_data(self, fields, columns_headers, groups):
        with _GroupWriter(fields, columns_headers, groups.count) as writer:
            place = 1, 0
            for name, group in groups.children.items():
                place = writer.write_group(*place, name, group)
        return writer.value

    def from_data(self, fields, columns_headers, rows):
        with _Writer(fields, columns_headers, len(rows)) as writer:
            for number, row in enumerate(rows, start=1):
                for column, value in enumerate(row):
                    writer.write_cell(number, column, value)
        return writer.value


class CSVExport(export.CSVExport):
    def from_data(self, fields, columns_headers, rows):
        return super().from_data(fields, columns_headers, [[*map(_as_text, row)] for row in rows])


def _as_text(value):
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
