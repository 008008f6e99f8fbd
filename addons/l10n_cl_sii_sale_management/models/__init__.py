from . import sale_order_template
