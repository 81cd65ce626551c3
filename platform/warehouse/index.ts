export { migrateWarehouse, type WarehouseApplied, type WarehouseMigrationStatus, warehouseMigrationStatus } from './migrate.ts';
export { openWarehouse } from './open-warehouse.ts';
export { type OfferedWarehouse, offeredWarehouse, warehouseOver, type WarehouseOfThread } from './over-port.ts';
export type { QueryOptions, Warehouse } from './warehouse.ts';
export { STRINGS_AND_COMMENTS } from './statements.ts';
