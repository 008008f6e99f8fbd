def migrate(cr, version):
    """What was counted and made out before is taken as it stands."""
    # a contact that bears neither RUT nor name of its document stays out: it is looked into
    cr.execute(
        """UPDATE l10n_cl_dte dte
              SET receiver_id = move.partner_id
             FROM account_move move
             JOIN res_partner contact ON contact.id = move.partner_id
             JOIN res_partner family ON family.id = contact.commercial_partner_id
            WHERE move.id = dte.move_id
              AND dte.receiver_id IS NULL
              AND (upper(regexp_replace(coalesce(family.vat, ''), '^CL|[^0-9K]', '', 'gi'))
                   = upper(regexp_replace(coalesce(dte.receiver_rut, ''), '[^0-9K]', '', 'gi'))
                   OR dte.receiver_name IN (family.name, family.l10n_cl_business_name))"""
    )
    # payments that were live paid their statements
    cr.execute(
        """UPDATE account_payment payment
              SET l10n_cl_counted = told.counted
             FROM (SELECT rel.account_payment_id AS id,
                          jsonb_object_agg(rel.l10n_cl_statement_id::text, 0) AS counted
                     FROM account_payment_l10n_cl_statement_rel rel
                    GROUP BY 1) AS told
            WHERE told.id = payment.id
              AND payment.l10n_cl_counted IS NULL
              AND payment.payment_type = 'inbound'
              AND payment.state IN ('in_process', 'paid')"""
    )
