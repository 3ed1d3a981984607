//! The files of `ranking/`.

use super::super::PipelineError;
use super::super::run::{RunOptions, Writer};
use super::Standings;
use crate::publish::csv::CsvTable;
use crate::rank::{Rows, indicator_rows, note_rows, ranking_rows, safe_rows, sensitivity_rows, unranked_rows};

/// Writes the ranking: what it says, what it rests on, what it depends on, and the method. Where it is to be published
/// safely, nothing that tells the order below the upper half or who is not ranked.
pub(in crate::pipeline) fn write(
    standings: &Standings,
    writer: &mut Writer<'_>,
    options: &RunOptions,
) -> Result<(), PipelineError> {
    let (ranking, method, lang) = (&standings.ranking, &standings.method, options.lang);
    let mut put = |name: &str, what: (&str, &str), rows: Rows| {
        writer.put(&format!("ranking/{name}.csv"), what, &csv(&rows, options.bom))
    };
    if options.publish_safe {
        let safe = ranking.publish_safe();
        let what = (
            "评价结果（可公开版）：各可比组前半的机关及名次区间，其余机关不分先后",
            "the ranking as it can be published: the upper half of each peer group with ranges of ranks, the others in no order",
        );
        put("ranking", what, safe_rows(&safe, lang))?;
        let what = ("未参加排名的机关数，按原因", "how many agencies are not ranked, by reason");
        put("not_ranked", what, unranked_rows(&safe, lang))?;
        put("notes", NOTES, note_rows(safe.year, &safe.notes, lang))?;
    } else {
        let what = (
            "排名：得分、名次区间、层次、与上年相比；未排名的机关及原因",
            "the ranking: score, range of ranks, tier, movement; who is not ranked and why",
        );
        put("ranking", what, ranking_rows(ranking, method, lang))?;
        let what = (
            "排名的依据：每个机关每项指标的数值、得分、权重和贡献",
            "what the ranking rests on: each indicator of each agency with value, score, weight and contribution",
        );
        put("indicators", what, indicator_rows(ranking, method, lang))?;
        put("notes", NOTES, note_rows(ranking.year, &ranking.notes, lang))?;
    }
    let what = (
        "名次取决于什么：权重、标准化、合成方法、去掉某项指标的影响",
        "what the ranks depend on: weights, normalisation, aggregation, leaving out an indicator",
    );
    put("sensitivity", what, sensitivity_rows(ranking, method, lang))?;
    let what = ("所用的排名方法（可修改后用 --method 指定）", "the method (change a copy and give it with --method)");
    writer.put("ranking/method.toml", what, method.source.as_bytes())
}

const NOTES: (&str, &str) = (
    "排名须知：未计入的指标、不排名的组",
    "what to know of the ranking: indicators left out, groups that are not ranked",
);

fn csv(rows: &Rows, bom: bool) -> Vec<u8> {
    let mut table = CsvTable::new(&rows.header, bom);
    for record in &rows.records {
        table.push(record);
    }
    table.into_bytes()
}
