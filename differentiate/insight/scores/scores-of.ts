/**
 * Joins the scores of every step to a table of customers: p profit, t tier, f forecast, l life cycle, y loyalty, n needs group.
 * They are looked up: merging, though all lie in the order of their customers, sorts again what was joined before, for each.
 *
 * @param who the column that says whose they are.
 */
export const scoresOf = (who: string) => `
    left join customer_profit p on p.customer_id = ${who}
    left join customer_tier t on t.customer_id = ${who}
    left join customer_forecast f on f.customer_id = ${who}
    left join customer_life_cycle l on l.customer_id = ${who}
    left join customer_loyalty y on y.customer_id = ${who}
    left join customer_needs n on n.customer_id = ${who}
  settings join_use_nulls = 1`;
