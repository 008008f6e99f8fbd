def migrate(cr, version):
    """What cancelled orders owed is owed no more, unless a document says that it is."""
    cr.execute(
        """UPDATE l10n_cl_statement statement
              SET state = 'canceled'
             FROM sale_order
            WHERE sale_order.id = statement.order_id
              AND sale_order.state = 'cancel'
              AND statement.state IN ('pending', 'expired')
              AND NOT EXISTS (SELECT
                                FROM l10n_cl_emission_request request
                                JOIN account_move move ON move.id = request.move_id
                               WHERE request.statement_id = statement.id
                                 AND move.state = 'posted')"""
    )
