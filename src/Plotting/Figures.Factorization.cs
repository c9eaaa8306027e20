using Theory.Systems.Sweeps;

namespace Theory.Plotting;

public static partial class Figures
{
    private static Figure[] Factorization =>
    [
        new()
        {
            Id = "subspace-clustering-phases",
            Title = "Phases of subspace clustering",
            Description = "Where two clusters that differ in a fraction ρ of the features can be found: impossible, hard and easy over sparsity and λ√α/k at two samples per dimension, "
                + "with the overlap that message passing from nothing reaches.",
            System = "subspace-clustering",
            Inputs = Inputs(("clusters", 2.0), ("alpha", 2.0), ("unit", "spectral")),
            Axes = [SweepAxis.Linear("sparsity", 0.005, 0.35, 25), SweepAxis.Linear("lambda", 0.02, 1.5, 25)],
            DiagramLevels = 5,
            MeasuredPoints = 6,
            Size = 1000,
            Trials = 10,
            Picture = new() { Observables = ["q_u"] },
        },
        new()
        {
            Id = "subspace-clustering-error",
            Title = "Error of subspace clustering without a hard phase",
            Description = "Mean square error of memberships and centres at ρ = 0.5 and two samples per dimension against λ√α/k: flat up to the spectral threshold, then a continuous decay. Informed and uninformed starts agree.",
            System = "subspace-clustering",
            Inputs = Inputs(("clusters", 2.0), ("alpha", 2.0), ("sparsity", 0.5), ("unit", "spectral")),
            Axes = [SweepAxis.Linear("lambda", 0.25, 2.5, 226)],
            MeasuredPoints = 10,
            Size = 1000,
            Trials = 10,
            Picture = new() { Observables = ["mse_u", "q_u", "q_v"], LogarithmicValues = false },
        },
    ];
}
