-- AlterTable
ALTER TABLE "sdk_instance" ADD COLUMN     "acknowledgedAt" TIMESTAMPTZ(3);
