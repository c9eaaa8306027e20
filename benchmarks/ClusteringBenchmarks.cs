using BenchmarkDotNet.Attributes;
using Theory.Contract;
using Theory.Factorization;
using Theory.Systems;
using Theory.Systems.Diagrams;

namespace Theory.Benchmarks;

/// <summary>State evolution and phases of subspace clustering.</summary>
[MemoryDiagnoser]
public class ClusteringBenchmarks
{
    private readonly SubspaceClustering two = new(2, 2, 0.1);
    private readonly SubspaceClusteringModel model = new() { Clusters = 2, Alpha = 2, Sparsity = 0.1, Lambda = 1 };
    private double overlap = 0.3;

    [Benchmark]
    public double One_update_of_state_evolution_for_two_clusters() => overlap = two.Step(0.3 + 1e-9 * overlap, 1.2);

    [Benchmark]
    [Arguments(2)]
    [Arguments(3)]
    [Arguments(7)]
    [Arguments(20)]
    public FactorizationThresholds All_thresholds(int clusters) => new SubspaceClustering(clusters, 2, 0.1).ReducedThresholds;

    [Benchmark]
    public double Both_branches_at_500_signal_to_noise_ratios()
    {
        var evolution = new SubspaceClustering(2, 2, 0.1);
        double sum = 0;
        for (var i = 0; i < 500; i++)
        {
            var lambda = 0.2 + 2.5 * i / 499;
            sum += evolution.Reached(lambda, FactorizationStart.Informative).Snr + evolution.Reached(lambda, FactorizationStart.Uninformative).Snr;
        }

        return sum;
    }

    [Benchmark]
    public SubspaceClusteringPrediction One_prediction_of_a_model_whose_curve_is_known() => SubspaceClusteringPrediction.Solve(model with { Lambda = 1.2 });

    [Benchmark]
    [Arguments(1)]
    [Arguments(2)]
    public int Phase_diagram_of_200_by_200_cells_with_curves(int threads) => Diagram(200, 0, threads);

    [Benchmark]
    public int Phase_diagram_refined_to_384_by_384_cells() => Diagram(24, 4, 2);

    private static int Diagram(int cells, int levels, int threads)
    {
        var plan = PhaseDiagramPlan.Create(
            Catalogue.Default.Get("subspace-clustering"), new Dictionary<string, Value> { ["clusters"] = 2, ["alpha"] = 2, ["unit"] = "spectral" },
            new("sparsity", 0.005, 0.35), new("lambda", 0.02, 1.5)) with
        { Cells = cells, Levels = levels, Threads = threads };
        return PhaseDiagram.Compute(plan).Boundaries.Length;
    }
}
