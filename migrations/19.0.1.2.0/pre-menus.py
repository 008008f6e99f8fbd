"""Menus with new words lose the translations of the old ones, which the upgrade would keep."""


def migrate(cr, version):
    cr.execute(
        """UPDATE ir_ui_menu menu SET name = jsonb_build_object('en_US', menu.name->>'en_US')
             FROM ir_model_data data
            WHERE data.res_id = menu.id AND data.model = 'ir.ui.menu'
              AND data.module = 'l10n_cl_sii' AND data.name IN ('menu_rcv', 'menu_received_dte')"""
    )
