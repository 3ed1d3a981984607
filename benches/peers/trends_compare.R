#!/usr/bin/env Rscript
# Recomputes the intervals, the trend tests and the concentrations of a run with base R and compares every row.
#
#     apt-get install r-base-core
#     Rscript benches/peers/trends_compare.R OUTPUT [REPOSITORY]
#
# OUTPUT is what `gongkai run` writes; of REPOSITORY (default: the working directory) the headers in queries/metrics are
# read. Values and the years of each piece of a series are taken from the run's tables; intervals (Wilson by prop.test,
# Byar by its formula), tau and p of Mann-Kendall (cor.test where no values are equal, orders counted where some are),
# Sen's slope with its interval, the adjusted q (p.adjust), Gini and top-10 share are computed. Exits 1 on any difference
# beyond 1e-9 or when there was nothing to compare. (trends_compare.py also recomputes how series are cut, the notes and
# the decompositions.)

arguments <- commandArgs(trailingOnly = TRUE)
if (!length(arguments) %in% 1:2) stop("trends_compare.R OUTPUT [REPOSITORY]")
repository <- if (length(arguments) == 2) arguments[2] else "."
confidence <- 0.95
z <- qnorm(0.5 + confidence / 2)

table_of <- function(name, numbers) {
  file <- file.path(arguments[1], "metrics", name)
  found <- read.csv(file, colClasses = "character", encoding = "UTF-8", fileEncoding = "UTF-8-BOM", na.strings = NULL)
  found[numbers] <- lapply(found[numbers], function(x) as.numeric(ifelse(x == "", NA, x)))
  found
}
metrics <- table_of("metrics.csv", c("year", "num", "den", "value", "low", "high"))
trends <- table_of("trends.csv", c("from", "to", "first", "last", "slope", "slope_low", "slope_high", "tau", "p", "q"))
spread <- table_of("concentration.csv", c("year", "total", "gini", "top_10_share"))

# What a metric's header says under a key; `otherwise` where it says nothing.
declared <- function(metric, key, otherwise) {
  lines <- readLines(file.path(repository, "queries", "metrics", paste0(metric, ".sql")), encoding = "UTF-8")
  line <- grep(paste0("^-- ", key, " = "), lines, value = TRUE)
  if (length(line) == 0) otherwise else gsub('.*"(.*)".*', "\\1", line[1])
}
ids <- unique(metrics$metric)
kinds <- sapply(ids, declared, "kind", "")
usual <- ifelse(kinds == "share", "wilson", "byar")
intervals <- mapply(declared, ids, "interval", usual)

wilson <- function(s, n) suppressWarnings(as.numeric(prop.test(s, n, conf.level = confidence, correct = FALSE)$conf.int))
byar <- function(o) {
  low <- if (o == 0) 0 else max(0, o * (1 - 1 / (9 * o) - z / (3 * sqrt(o)))^3)
  c(low, (o + 1) * (1 - 1 / (9 * (o + 1)) + z / (3 * sqrt(o + 1)))^3)
}
limits <- function(metric, num, den, value) {
  if (is.na(value) || intervals[[metric]] == "none") return(c(NA, NA))
  if (intervals[[metric]] == "wilson") wilson(num, den) else byar(num) / (if (is.na(den)) 1 else den)
}

kendall_s <- function(x) {
  n <- length(x)
  sum(sapply(seq_len(n - 1), function(i) sum(sign(x[(i + 1):n] - x[i]))))
}

# How many orders of groups of equal values have 0, 1, 2, ... inversions, the groups in the order of their values: if one
# of group i stands first, all that are left of lower groups are smaller and follow it. Each pattern is counted once.
counted <- new.env()
inversions <- function(groups) {
  groups <- groups[groups > 0]
  if (length(groups) <= 1) return(1)
  key <- paste(groups, collapse = " ")
  if (is.null(counted[[key]])) {
    found <- numeric((sum(groups)^2 - sum(groups^2)) / 2 + 1)
    for (i in seq_along(groups)) {
      rest <- groups
      rest[i] <- rest[i] - 1
      counts <- inversions(rest)
      at <- seq_along(counts) + sum(groups[seq_len(i - 1)])
      found[at] <- found[at] + counts
    }
    counted[[key]] <- found
  }
  counted[[key]]
}
kendall_p <- function(x) {
  n <- length(x)
  s <- abs(kendall_s(x))
  if (n <= 30 && !anyDuplicated(x)) return(cor.test(seq_len(n), x, method = "kendall", exact = TRUE)$p.value)
  ties <- as.numeric(table(x))
  if (n <= 30) {
    counts <- inversions(ties)
    pairs <- length(counts) - 1
    return(sum(counts[abs(pairs - 2 * (0:pairs)) >= s]) / sum(counts))
  }
  variance <- (n * (n - 1) * (2 * n + 5) - sum(ties * (ties - 1) * (2 * ties + 5))) / 18
  min(1, 2 * pnorm(-(s - 1) / sqrt(variance)))
}

# The ranks of Sen's interval from either end, by the distribution of S over all orders of n different values.
sen_rank <- function(n) {
  counts <- 1
  for (k in seq_len(n)) counts <- Reduce(`+`, lapply(0:(k - 1), function(shift) c(numeric(shift), counts, numeric(k - 1 - shift))))
  slopes <- n * (n - 1) / 2
  sum(2 * cumsum(counts)[seq_len((slopes + 1) %/% 2)] / sum(counts) <= 1 - confidence)
}
sen <- function(t, x) {
  pairs <- combn(length(x), 2)
  slopes <- sort((x[pairs[2, ]] - x[pairs[1, ]]) / (t[pairs[2, ]] - t[pairs[1, ]]))
  m <- sen_rank(length(x))
  c(median(slopes), if (m > 0) c(slopes[m], slopes[length(slopes) - m + 1]) else c(NA, NA))
}

# Whether numbers as written are those computed.
same <- function(a, b) (is.na(a) & is.na(b)) | (!is.na(a) & !is.na(b) & abs(a - b) <= 1e-9 * abs(b) + 1e-12)
failed <- FALSE
compare <- function(name, keys, written, computed) {
  wrong <- which(!Reduce(`&`, Map(same, written, computed)))
  cat(sprintf("%-32s %8d rows %8d different\n", name, nrow(written), length(wrong)))
  for (i in head(wrong, 5)) {
    cat("   ", paste(keys[i, ], collapse = " "), ":", format(unlist(written[i, ])), "should be", format(unlist(computed[i, ])), "\n")
  }
  failed <<- failed || length(wrong) > 0 || nrow(written) == 0
}

found <- as.data.frame(t(mapply(limits, metrics$metric, metrics$num, metrics$den, metrics$value, USE.NAMES = FALSE)))
compare("metrics.csv, intervals", metrics[1:5], metrics[c("low", "high")], found)

key <- function(t) paste(t$metric, t$part, t$scope, t$group, sep = "\r")
series <- split(metrics[c("year", "value")], key(metrics))
tested <- trends[!is.na(trends$p), ]
pieces <- Map(function(k, from, to) {
  own <- series[[k]]
  own[own$year >= from & own$year <= to & !is.na(own$value), ]
}, key(tested), tested$from, tested$to)
found <- as.data.frame(t(sapply(pieces, function(piece) {
  x <- piece$value
  c(x[1], tail(x, 1), sen(piece$year, x), suppressWarnings(cor(seq_along(x), x, method = "kendall")), kendall_p(x))
})))
compare("trends.csv, tests and slopes", tested[1:6], tested[c("first", "last", "slope", "slope_low", "slope_high", "tau", "p")], found)

# One family of tests for each metric, part and scope; all metrics together for all agencies, where a series that
# several metrics show is one test.
together <- tested$scope == "all"
shown <- sapply(pieces, function(piece) paste(format(piece$year), format(piece$value, digits = 17), collapse = " "))
family <- ifelse(together, "all", paste(tested$metric, tested$part, tested$scope, sep = "\r"))
test <- ifelse(together, shown, seq_len(nrow(tested)))
q <- rep(NA_real_, nrow(tested))
for (own in split(seq_len(nrow(tested)), family)) {
  once <- own[!duplicated(test[own])]
  q[own] <- p.adjust(found[[7]][once], method = "BH")[match(test[own], test[once])]
}
compare("trends.csv, adjusted p", tested[1:6], tested["q"], data.frame(q))

agencies <- metrics[metrics$scope == "agency" & kinds[metrics$metric] == "count" & !is.na(metrics$num), ]
amounts <- split(agencies$num, paste(agencies$metric, agencies$part, agencies$year, sep = "\r"))
amounts <- amounts[paste(spread$metric, spread$part, spread$year, sep = "\r")]
found <- as.data.frame(t(sapply(amounts, function(x) {
  if (sum(x) == 0) return(c(0, NA, NA))
  c(sum(x), sum(abs(outer(x, x, "-"))) / (2 * length(x)^2 * mean(x)), sum(head(sort(x, decreasing = TRUE), 10)) / sum(x))
})))
compare("concentration.csv", spread[1:3], spread[c("total", "gini", "top_10_share")], found)
quit(status = if (failed) 1 else 0)
