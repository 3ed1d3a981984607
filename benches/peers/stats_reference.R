#!/usr/bin/env Rscript
# The cases of stats_reference.py once more, by base R and by brute force.
#
#     apt-get install r-base-core
#     Rscript benches/peers/stats_reference.R tests/fixtures/stats/scipy.csv > tests/fixtures/stats/r.csv
#
# Only the cases are read from the first file, not its values.

file <- commandArgs(trailingOnly = TRUE)[1]
cases <- read.csv(file, colClasses = "character")[c("function.", "given")]

kendall_s <- function(x) {
  n <- length(x)
  sum(sapply(seq_len(n - 1), function(i) sum(sign(x[(i + 1):n] - x[i]))))
}

# Every different order of a multiset, a row each.
orders <- function(values) {
  if (length(values) <= 1) return(matrix(values, 1))
  do.call(rbind, lapply(sort(unique(values)), function(first) {
    cbind(first, orders(values[-match(first, values)]))
  }))
}

# Two-sided p of Kendall's S: counted out up to 30 values, by R's own exact test where none are equal.
kendall_p <- function(x) {
  n <- length(x)
  s <- abs(kendall_s(x))
  if (n <= 30 && !anyDuplicated(x)) {
    return(cor.test(seq_len(n), x, method = "kendall", exact = TRUE)$p.value)
  }
  if (n <= 30) return(mean(apply(orders(x), 1, function(o) abs(kendall_s(o)) >= s)))
  ties <- table(x)
  variance <- (n * (n - 1) * (2 * n + 5) - sum(ties * (ties - 1) * (2 * ties + 5))) / 18
  min(1, 2 * pnorm(-(s - 1) / sqrt(variance)))
}

mann_kendall <- function(x) {
  tau <- suppressWarnings(cor(seq_along(x), x, method = "kendall"))
  c(kendall_s(x), tau, kendall_p(x), length(x) <= 30)
}

# The numbers of orders of n different values with 0, 1, 2, ... inversions.
inversions <- function(n) {
  counts <- 1
  for (k in seq_len(n)) {
    longer <- numeric(length(counts) + k - 1)
    for (shift in 0:(k - 1)) {
      at <- seq_along(counts) + shift
      longer[at] <- longer[at] + counts
    }
    counts <- longer
  }
  counts
}

sen_slope <- function(t, v, confidence) {
  n <- length(t)
  pairs <- combn(n, 2)
  slopes <- sort((v[pairs[2, ]] - v[pairs[1, ]]) / (t[pairs[2, ]] - t[pairs[1, ]]))
  count <- length(slopes)
  if (n <= 30) {
    counts <- inversions(n)
    m <- sum(2 * cumsum(counts)[seq_len((count + 1) %/% 2)] / sum(counts) <= 1 - confidence)
    if (m == 0) return(median(slopes))
    return(c(median(slopes), slopes[m], slopes[count - m + 1]))
  }
  ties <- table(v)
  variance <- (n * (n - 1) * (2 * n + 5) - sum(ties * (ties - 1) * (2 * ties + 5))) / 18
  reach <- qnorm(0.5 + confidence / 2) * sqrt(variance)
  at <- function(rank) slopes[min(max(round(rank), 0), count - 1) + 1]
  c(median(slopes), at((count - reach) / 2 - 1), at((count + reach) / 2))
}

wilson <- function(s, n, confidence) {
  suppressWarnings(as.numeric(prop.test(s, n, conf.level = confidence, correct = FALSE)$conf.int))
}

byar <- function(o, confidence) {
  z <- qnorm(0.5 + confidence / 2)
  low <- if (o == 0) 0 else max(0, o * (1 - 1 / (9 * o) - z / (3 * sqrt(o)))^3)
  c(low, (o + 1) * (1 - 1 / (9 * (o + 1)) + z / (3 * sqrt(o + 1)))^3)
}

funnel_limits <- function(target, n, coverage) {
  lower <- function(target) {
    level <- (1 - coverage) / 2
    r <- qbinom(level, n, target)
    max(0, (r - (pbinom(r, n, target) - level) / dbinom(r, n, target)) / n)
  }
  c(lower(target), 1 - lower(1 - target))
}

robust_z <- function(x, others) {
  scale <- mad(others)
  # R's constant for the MAD is rounded to 1.4826.
  if (scale > 0) return((x - median(others)) / (scale / 1.4826 / qnorm(0.75)))
  scale <- sqrt(pi / 2) * mean(abs(others - median(others)))
  if (scale > 0) (x - median(others)) / scale
}

gini <- function(x) {
  sum(abs(outer(x, x, "-"))) / (2 * length(x)^2 * mean(x))
}

beta_prior <- function(k, n) {
  # Moments of pairs of cases: the excess of the sum of squares over what chance makes of it.
  mean <- sum(k) / sum(n)
  chance <- mean * (1 - mean)
  units <- length(n)
  excess <- sum(n * (k / n - mean)^2) - chance * (units - 1)
  most <- chance * (sum(n) - sum(n^2) / sum(n) - (units - 1))
  c(mean, if (excess > 0 && most > 0) max(0, most / excess - 1) else Inf)
}

kitagawa <- function(n0, d0, n1, d1) {
  r0 <- n0 / d0; r1 <- n1 / d1; w0 <- d0 / sum(d0); w1 <- d1 / sum(d1)
  c(sum(n1) / sum(d1) - sum(n0) / sum(d0), sum((w1 - w0) * (r0 + r1) / 2), sum((r1 - r0) * (w0 + w1) / 2))
}

functions <- list(
  normal_quantile = qnorm, wilson = wilson, byar = byar, binomial_cdf = pbinom, binomial_quantile = qbinom,
  funnel_limits = funnel_limits, mann_kendall = mann_kendall, sen_slope = sen_slope,
  benjamini_hochberg = function(p) p.adjust(p, method = "BH"), robust_z = robust_z, median = median, gini = gini,
  top_share = function(x, k) sum(head(sort(x, decreasing = TRUE), k)) / sum(x), beta_prior = beta_prior,
  shrink = function(k, n, prior) (k + prior[2] * prior[1]) / (n + prior[2]), kitagawa = kitagawa
)

cat("function,given,found\n")
for (i in seq_len(nrow(cases))) {
  name <- cases[[1]][i]
  given <- lapply(strsplit(cases$given[i], "|", fixed = TRUE)[[1]], function(g) as.numeric(strsplit(g, " ")[[1]]))
  found <- do.call(functions[[name]], given)
  text <- if (is.null(found)) "" else paste(format(found, digits = 17, trim = TRUE), collapse = " ")
  cat(name, ",", cases$given[i], ",", text, "\n", sep = "")
}
