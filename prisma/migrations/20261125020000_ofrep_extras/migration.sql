-- AlterTable
ALTER TABLE "environment" ADD COLUMN     "ofrepExtras" BOOLEAN NOT NULL DEFAULT true;
