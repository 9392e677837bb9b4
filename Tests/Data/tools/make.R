# What R writes: the part of make.py that is not Python.
table <- data.frame(
  id = 1:3, x = c(0.5, NA, -3e-20), y = c(Inf, -Inf, NaN), ok = c(TRUE, FALSE, NA),
  word = c("plain", "with, comma", "say \"hi\""), day = as.Date("2020-01-01") + 0:2)
write.csv(table, "r.csv")
write.csv(table, "r-bare.csv", row.names = FALSE)
write.csv2(table, "r2.csv", row.names = FALSE)
write.table(table, "r-table.txt")
