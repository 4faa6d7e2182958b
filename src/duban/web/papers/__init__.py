"""Papers: 任务分解表, 督办通报, and the workbook in which a unit reports its progress."""
