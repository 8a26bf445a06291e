-- AlterTable
ALTER TABLE "sdk_instance" ADD COLUMN     "hasLeft" BOOLEAN NOT NULL DEFAULT false;
