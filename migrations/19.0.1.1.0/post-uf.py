def migrate(cr, version):
    """Days on which one of the two currencies that are the UF had a rate, and the other none."""
    cr.execute(
        """WITH uf AS (SELECT res_id AS id
                         FROM ir_model_data
                        WHERE model = 'res.currency'
                          AND (module, name) IN (('l10n_cl', 'UF'), ('base', 'CLF')))
           INSERT INTO res_currency_rate
                       (name, rate, currency_id, company_id,
                        create_uid, create_date, write_uid, write_date)
           SELECT kept.name, kept.rate, other.id, kept.company_id,
                  kept.create_uid, now(), kept.write_uid, now()
             FROM res_currency_rate kept
             JOIN uf ON uf.id = kept.currency_id
             JOIN uf other ON other.id != kept.currency_id
            WHERE NOT EXISTS (SELECT FROM res_currency_rate known
                               WHERE known.currency_id = other.id
                                 AND known.name = kept.name
                                 AND known.company_id IS NOT DISTINCT FROM kept.company_id)"""
    )
