-- AlterTable
ALTER TABLE "membership" ADD COLUMN     "revision" INTEGER NOT NULL DEFAULT 1;

-- AlterTable
ALTER TABLE "project" ADD COLUMN     "revision" INTEGER NOT NULL DEFAULT 1;

-- AlterTable
ALTER TABLE "environment" ADD COLUMN     "revision" INTEGER NOT NULL DEFAULT 1;
