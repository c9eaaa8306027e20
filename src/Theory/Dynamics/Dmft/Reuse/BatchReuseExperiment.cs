using Theory.Contract;

namespace Theory.Dynamics;

/// <summary>Trains a real committee on one Gaussian batch and measures its overlaps and losses.</summary>
public static class BatchReuseExperiment
{
    /// <summary>Runs one trial.</summary>
    /// <param name="model">The model.</param>
    /// <param name="size">The dimension d; n = αd rounded, at least 1.</param>
    /// <param name="seed">The seed.</param>
    /// <returns>The measured <c>m</c>, <c>q</c>, <c>final_m</c>, <c>final_q</c> and <c>train_loss</c>.</returns>
    public static IReadOnlyDictionary<string, Value> Run(BatchReuseModel model, int size, ulong seed)
    {
        var run = new CommitteeTraining(model.Student, model.Noise).Run(size, model.Alpha) with
        {
            Steps = model.Steps,
            Rule = new(model.LearningRate, model.Lambda, model.Momentum, model.Nesterov),
            BatchFraction = model.BatchFraction,
            Persistence = model.Persistence,
        };
        var problem = model.Problem();
        var (m, q, train) = run.Run(problem.M0, problem.QPerp0, seed);
        return new Dictionary<string, Value>
        {
            ["m"] = CommitteeTraining.OverT(m, isVector: true),
            ["q"] = CommitteeTraining.OverT(q, isVector: false),
            ["final_m"] = CommitteeTraining.Rows(m[^1]),
            ["final_q"] = CommitteeTraining.Rows(q[^1]),
            ["train_loss"] = Value.Vector(train.AsSpan(0, model.Steps)),
        };
    }
}
