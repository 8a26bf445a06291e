-- CreateTable
CREATE TABLE "flag_step" (
    "projectId" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "action" TEXT NOT NULL,
    "flag" TEXT NOT NULL,
    "environment" TEXT NOT NULL,
    "by" TEXT NOT NULL,
    "before" TEXT NOT NULL,
    "isOn" BOOLEAN NOT NULL,
    "exposedAt" TIMESTAMPTZ(3),
    "full" BOOLEAN NOT NULL,
    "completes" BOOLEAN NOT NULL,
    "rollbackOf" INTEGER,
    "rollbackHow" TEXT,
    "takenBackBy" INTEGER,

    CONSTRAINT "flag_step_pkey" PRIMARY KEY ("projectId","seq")
);

-- CreateTable
CREATE TABLE "flag_step_mark" (
    "projectId" UUID NOT NULL,
    "seq" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "flag_step_mark_pkey" PRIMARY KEY ("projectId")
);

-- CreateIndex
CREATE INDEX "flag_step_projectId_at_idx" ON "flag_step"("projectId", "at");

-- CreateIndex
CREATE INDEX "flag_step_projectId_flag_environment_seq_idx" ON "flag_step"("projectId", "flag", "environment", "seq");

-- AddForeignKey
ALTER TABLE "flag_step" ADD CONSTRAINT "flag_step_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "flag_step_mark" ADD CONSTRAINT "flag_step_mark_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE;
