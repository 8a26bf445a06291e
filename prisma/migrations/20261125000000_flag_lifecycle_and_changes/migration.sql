-- AlterTable
ALTER TABLE "environment" ADD COLUMN     "policy" JSONB NOT NULL DEFAULT '{"approvals":0,"approvers":["engineer","admin"],"requireReason":false}';

-- AlterTable
ALTER TABLE "flag" ADD COLUMN     "archivedAt" TIMESTAMPTZ(3),
ADD COLUMN     "expectedRemoval" DATE,
ADD COLUMN     "tags" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- AlterTable
ALTER TABLE "project" ADD COLUMN     "changeCount" INTEGER NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "retired_flag_key" (
    "projectId" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "retiredAt" TIMESTAMPTZ(3) NOT NULL,
    "retiredBy" TEXT NOT NULL,

    CONSTRAINT "retired_flag_key_pkey" PRIMARY KEY ("projectId","key")
);

-- CreateTable
CREATE TABLE "change" (
    "id" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "flagId" UUID NOT NULL,
    "environmentId" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "authorId" TEXT,
    "authorName" TEXT NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "basedOn" INTEGER NOT NULL,
    "base" JSONB NOT NULL,
    "proposed" JSONB NOT NULL,
    "scheduleLocal" TEXT,
    "scheduleZone" TEXT,
    "applyAt" TIMESTAMPTZ(3),
    "failure" TEXT,
    "appliedAt" TIMESTAMPTZ(3),
    "appliedBy" TEXT,
    "appliedRevision" INTEGER,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "changedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "change_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "change_review" (
    "id" UUID NOT NULL,
    "changeId" UUID NOT NULL,
    "revision" INTEGER NOT NULL,
    "userId" TEXT,
    "userName" TEXT NOT NULL,
    "verdict" TEXT NOT NULL,
    "comment" TEXT NOT NULL DEFAULT '',
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "change_review_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "layer" (
    "id" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "unit" TEXT NOT NULL,
    "salt" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "createdBy" TEXT NOT NULL,

    CONSTRAINT "layer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "holdout" (
    "id" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "unit" TEXT NOT NULL,
    "salt" TEXT NOT NULL,
    "from" INTEGER NOT NULL,
    "to" INTEGER NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "createdBy" TEXT NOT NULL,

    CONSTRAINT "holdout_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "change_status_applyAt_idx" ON "change"("status", "applyAt");

-- CreateIndex
CREATE INDEX "change_flagId_idx" ON "change"("flagId");

-- CreateIndex
CREATE UNIQUE INDEX "change_projectId_key_key" ON "change"("projectId", "key");

-- CreateIndex
CREATE INDEX "change_review_changeId_idx" ON "change_review"("changeId");

-- CreateIndex
CREATE UNIQUE INDEX "layer_projectId_key_key" ON "layer"("projectId", "key");

-- CreateIndex
CREATE UNIQUE INDEX "holdout_projectId_key_key" ON "holdout"("projectId", "key");

-- AddForeignKey
ALTER TABLE "retired_flag_key" ADD CONSTRAINT "retired_flag_key_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "change" ADD CONSTRAINT "change_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "change" ADD CONSTRAINT "change_flagId_fkey" FOREIGN KEY ("flagId") REFERENCES "flag"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "change" ADD CONSTRAINT "change_environmentId_fkey" FOREIGN KEY ("environmentId") REFERENCES "environment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "change_review" ADD CONSTRAINT "change_review_changeId_fkey" FOREIGN KEY ("changeId") REFERENCES "change"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "layer" ADD CONSTRAINT "layer_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "holdout" ADD CONSTRAINT "holdout_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE;
