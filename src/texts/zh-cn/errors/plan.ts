/** cluster/plan 的错误。 */
export const plan = {};
