using Theory.Contract;
using Theory.Systems.Sweeps;

namespace Theory.Tests.Sweeps;

public class SweepTableTests
{
    private static readonly IProblem Problem = SampleModel.System.Wrap(new());

    [Fact]
    public void Every_row_is_what_predicting_its_point_alone_gives()
    {
        var table = SweepRunner.Compute(new(Problem, SweepAxis.Parse("alpha=0.5:3:6"), SweepAxis.Parse("beta=0.1:7:40:log")));
        Assert.Equal(240, table.RowCount);
        for (var row = 0; row < table.RowCount; row++)
        {
            var outcome = Problem.With("alpha", table["alpha"][row]).With("beta", table["beta"][row]).Predict();
            foreach (var name in (string[])["test_error", "train_error", "threshold", "rate"]) Assert.Equal(outcome[name].ToDouble(), table[name][row]);
        }
        Assert.Equal(SweepAxis.Parse("alpha=0.5:3:6").Values, table["alpha"].Numbers.ToArray().Distinct());
        Assert.Equal(SweepAxis.Parse("beta=0.1:7:40:log").Values, table["beta"].Numbers[..40].ToArray());
    }

    [Fact]
    public void Failed_points_are_rows_with_a_status_a_message_and_no_outputs()
    {
        var table = SweepRunner.Compute(new(Problem.With("alpha", 2.0), SweepAxis.Of("beta", 1, 8.5, 9.5, 15, 21)));
        Assert.Equal(["converged", "budget_exhausted", "unsupported", "converged", "invalid_input"], Rows(table, "status"));
        Assert.Equal([null, "budget_exhausted after 10000 iterations with residual 0.5", "no theory for 9 < beta ≤ 10", null], Rows(table, "message").Take(4));
        Assert.Contains("times beta must be at most 40; got 2", table["message"].Text(4));
        Assert.Equal([false, true, true, false, true], Absent(table, "test_error"));
        Assert.Equal([false, true, true, false, true], Absent(table, "m_0"));
        Assert.Equal(["1E-14", "0.5", null, "1E-14", null], Rows(table, "residual"));
        Assert.Equal(["3", "10000", null, "3", null], Rows(table, "iterations"));
    }

    [Fact]
    public void A_value_that_no_model_accepts_fails_all_points_that_have_it()
    {
        var table = SweepRunner.Compute(new(Problem, SweepAxis.Of("order", 1, 1.5), SweepAxis.Of("alpha", 1, 2)));
        Assert.Equal(["converged", "converged", "invalid_input", "invalid_input"], Rows(table, "status"));
        Assert.Contains("whole number", table["message"].Text(3));
    }

    [Fact]
    public void Shapes_flatten_into_columns_in_the_order_of_their_indices()
    {
        var table = SweepRunner.Compute(new(Problem, SweepAxis.Of("order", 1, 2, 11)) { MeasuredPoints = 0 });
        string[] expected =
        [
            "order", "test_error", "train_error", "threshold", "rate", "exponent", "easy", "exact",
            .. Enumerable.Range(0, 11).Select(i => $"m_{i}"), "q_0_0", "q_0_1", "q_1_0", "q_1_1", "weights_left", "weights_right",
            "status", "residual", "iterations", "message",
        ];
        Assert.Equal(expected, table.Columns.Select(c => c.Name));
        Assert.Equal([null, "2", "2"], Rows(table, "m_1"));
        Assert.Equal([null, null, "11"], Rows(table, "m_10"));
        Assert.Equal((ColumnKind.Integer, ColumnKind.Flag, ColumnKind.Text), (table["exponent"].Kind, table["easy"].Kind, table["exact"].Kind));
    }

    [Fact]
    public void An_absent_threshold_is_absent_and_an_infinite_rate_is_infinite()
    {
        var table = SweepRunner.Compute(new(Problem, SweepAxis.Of("alpha", 0.5, 2, 4)));
        Assert.Equal([null, "1", Math.Sqrt(3).ToString("R")], Rows(table, "threshold"));
        Assert.Equal(["0.5", "2", "inf"], Rows(table, "rate"));
        Assert.Equal(["false", "true", "true"], Rows(table, "easy"));
    }

    [Fact]
    public void Series_and_spectra_go_to_a_long_table()
    {
        var series = SweepRunner.Compute(new(Problem, SweepAxis.Of("alpha", 0.5, 2))).Series!;
        Assert.Equal(["point", "alpha", "observable", "i", "j", "k", "value"], series.Columns.Select(c => c.Name));
        Assert.Equal(2 * (3 + 4), series.RowCount);
        Assert.Equal(["path", "path", "path", "g", "g", "g", "g"], Rows(series, "observable").Skip(7));
        Assert.Equal(["0", "1", "2", "0", "0", "1", "1"], Rows(series, "i").Skip(7));
        Assert.Equal([null, null, null, "0", "1", "0", "1"], Rows(series, "j").Skip(7));
        Assert.Equal([1, Math.Exp(-2), Math.Exp(-4), 2, 1, 1, -1], series["value"].Numbers.ToArray().Skip(7));
    }

    [Fact]
    public void A_swept_element_leaves_the_others_alone()
    {
        var table = SweepRunner.Compute(new(Problem, SweepAxis.Of("spikes[1]", 2, 5), SweepAxis.Of("spikes[0]", 1, 10)));
        Assert.Equal(["spikes_1", "spikes_0"], table.Columns.Take(2).Select(c => c.Name));
        Assert.Equal([1.3, 2.2, 1.6, 2.5], table["test_error"].Numbers.ToArray(), (a, b) => Math.Abs(a - b) < 1e-14);
    }

    [Fact]
    public void Measured_points_carry_means_errors_trials_size_and_their_own_seed()
    {
        var plan = new SweepPlan(Problem, SweepAxis.Parse("alpha=0.5:3:11")) { MeasuredPoints = 3, Measurement = new() { Trials = 12, Sizes = [400], Seed = 7 } };
        var table = SweepRunner.Compute(plan);
        var measured = Enumerable.Range(0, 11).Where(row => !table["trials"].IsAbsent(row)).ToArray();
        Assert.Equal([0, 5, 10], measured);
        foreach (var name in (string[])["test_error", "train_error", "m_0", "m_1"])
        {
            foreach (var row in measured)
            {
                var error = table[$"{name}_se"][row];
                Assert.InRange(error, 1e-6, 0.02);
                Assert.InRange(table[$"{name}_mean"][row] - table[name][row], -6 * error, 6 * error);
            }
            Assert.Equal(8, Absent(table, $"{name}_mean").Count(absent => absent));
        }
        Assert.Equal(3, Rows(table, "seed").OfType<string>().Distinct().Count());
        Assert.Equal(["12", "400"], [table["trials"].Text(5), table["size"].Text(5)]);
        var again = Theory.Systems.Verification.Run(
            Problem.With("alpha", table["alpha"][5]), new() { Trials = 12, Sizes = [400], Seed = (ulong)table["seed"][5] });
        Assert.Equal(again.Rows[0].Mean, table["test_error_mean"][5]);
        Assert.Equal(9, table.Series!["mean"].Numbers.ToArray().Count(x => !double.IsNaN(x)));
    }

    [Fact]
    public void Where_theory_fails_the_experiment_is_not_run()
    {
        var log = new CallLog();
        var plan = new SweepPlan(SampleModel.System.Wrap(new() { Log = log }), SweepAxis.Of("beta", 1, 8.5, 9.5)) { MeasuredPoints = 3, Measurement = new() { Trials = 10 } };
        var table = SweepRunner.Compute(plan);
        Assert.Equal(10, log.Trials);
        Assert.Equal([false, true, true], Absent(table, "test_error_mean"));
    }

    private static string?[] Rows(SweepTable table, string column) => [.. Enumerable.Range(0, table.RowCount).Select(table[column].Text)];

    private static bool[] Absent(SweepTable table, string column) => [.. Enumerable.Range(0, table.RowCount).Select(table[column].IsAbsent)];
}
