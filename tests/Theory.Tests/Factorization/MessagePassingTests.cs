using Theory.Contract;
using Theory.Factorization;
using Theory.Numerics.FixedPoints;
using Theory.Systems;

namespace Theory.Tests.Factorization;

public class MessagePassingTests
{
    [Theory]
    [InlineData(2, 2, 0.5, 2.5, 300)]
    [InlineData(2, 1, 0.2, 1.5, 400)]
    [InlineData(3, 2, 0.3, 1.8, 300)]
    [InlineData(5, 1, 1, 1.7, 300)]
    public void Message_passing_finds_what_state_evolution_predicts(int k, double alpha, double rho, double reduced, int size) =>
        SpikedWignerTests.Passes(Model(k, alpha, rho, reduced).Verify(size: size, trials: 10, seed: 31));

    [Fact]
    public void Below_every_threshold_message_passing_finds_nothing_even_from_the_truth()
    {
        var report = (Model(2, 2, 0.3, 0.6) with { Start = FactorizationStart.Informative }).Verify(size: 300, trials: 10, seed: 32);
        SpikedWignerTests.Passes(report);
        Assert.True(report.Rows.Single(r => r.Observable == "q_u").Mean < 1e-3);
    }

    [Fact]
    public void In_the_hard_phase_the_truth_is_kept_but_not_found()
    {
        // λ_IT = 0.683, message passing needs 1.0007.
        var hard = Model(2, 2, 0.05, 0.82);
        Assert.Equal(RecoveryPhase.Hard, new SubspaceClustering(2, 2, 0.05).Phase(hard.Lambda));
        var informed = (hard with { Start = FactorizationStart.Informative }).Verify(size: 800, trials: 10, seed: 33);
        var uninformed = hard.Verify(size: 800, trials: 10, seed: 33);
        SpikedWignerTests.Passes(informed);
        SpikedWignerTests.Passes(uninformed);
        Assert.True(informed.Rows[0].Mean > 0.2 && uninformed.Rows[0].Mean < 0.03);
    }

    [Theory(Explicit = true)]
    [InlineData(2, 2, 0.5, 1.5, FactorizationStart.Uninformative, 3000)]
    [InlineData(2, 2, 0.5, 2.5, FactorizationStart.Uninformative, 3000)]
    [InlineData(3, 2, 0.3, 1.5, FactorizationStart.Uninformative, 2000)]
    [InlineData(3, 1, 0.1, 1.2, FactorizationStart.Uninformative, 2000)]
    [InlineData(5, 1, 1, 1.4, FactorizationStart.Uninformative, 2000)]
    [InlineData(2, 2, 0.05, 0.85, FactorizationStart.Informative, 4000)]
    [InlineData(2, 2, 0.05, 0.85, FactorizationStart.Uninformative, 4000)]
    public void Large_instances_lie_within_a_twentieth_of_state_evolution(int k, double alpha, double rho, double reduced, FactorizationStart start, int size)
    {
        var report = (Model(k, alpha, rho, reduced) with { Start = start }).Verify(size: size, trials: 30, seed: 34);
        var overlap = report.Rows.Single(r => r.Observable == "q_u");
        Assert.Equal(overlap.Predicted, overlap.Mean, 0.05);
        SpikedWignerTests.Passes(report);
    }

    [Fact]
    public void Message_passing_that_does_not_settle_is_an_error_and_no_measurement()
    {
        // More entries active than measurements: the threshold belongs to no LASSO, and finite instances have no stable fixed point.
        var model = new LassoModel { Delta = 0.4, Sparsity = 0.1, Noise = 0.1, Threshold = 0.6 };
        Assert.NotEmpty(model.Predict().Diagnostics.Warnings);
        var error = Assert.Throws<NotConvergedException>(() => LassoExperiment.Run(model, 300, 1));
        Assert.NotEqual(SolverStatus.Converged, error.Diagnostics.Status);
        Assert.True(error.Diagnostics.Residual > 1e-8 && error.Diagnostics.Iterations > 100);
        var sweeps = new SweepCounter("subspace-clustering", 1);
        error = Assert.Throws<NotConvergedException>(() =>
        {
            while (sweeps.GoOn([1], [0])) { }
        });
        Assert.Equal((SolverStatus.BudgetExhausted, SweepCounter.Limit), (error.Diagnostics.Status, error.Diagnostics.Iterations));
        Assert.Equal(SolverStatus.Diverged, Assert.Throws<NotConvergedException>(() => new SweepCounter("spiked-wigner", 1).GoOn([double.NaN], [0])).Diagnostics.Status);
    }

    private static SubspaceClusteringModel Model(int k, double alpha, double rho, double reduced) =>
        new() { Clusters = k, Alpha = alpha, Sparsity = rho, Lambda = reduced * k / Math.Sqrt(alpha) };
}
