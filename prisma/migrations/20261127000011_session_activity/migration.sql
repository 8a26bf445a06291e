-- AlterTable
ALTER TABLE "session" ADD COLUMN     "lastSeenAt" TIMESTAMPTZ(3);
