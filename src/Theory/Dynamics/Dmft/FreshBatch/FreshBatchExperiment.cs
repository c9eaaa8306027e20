using Theory.Contract;

namespace Theory.Dynamics;

/// <summary>Trains a real committee on new Gaussian samples at every step and measures its overlaps and losses.</summary>
public static class FreshBatchExperiment
{
    /// <summary>Runs one trial.</summary>
    /// <param name="model">The model.</param>
    /// <param name="size">The dimension d; n = αd rounded, at least 1.</param>
    /// <param name="seed">The seed.</param>
    /// <returns>The measured <c>m</c>, <c>q</c>, <c>final_m</c>, <c>final_q</c> and <c>population_loss</c>.</returns>
    public static IReadOnlyDictionary<string, Value> Run(FreshBatchModel model, int size, ulong seed)
    {
        var inputs = new StudentInputs(model.Target, model.Activation, model.Width, model.Readout, model.Loss, model.M0, model.Q0);
        var run = new CommitteeTraining(inputs, model.Noise).Run(size, model.Alpha) with
        {
            Steps = model.Steps,
            Rule = new(model.LearningRate, model.Lambda, 0, false),
            FreshBatches = true,
        };
        var problem = model.Problem();
        var (m, q, loss, _) = run.Run(problem.M0, problem.QPerp0, seed);
        return new Dictionary<string, Value>
        {
            ["m"] = CommitteeTraining.OverT(m, isVector: true),
            ["q"] = CommitteeTraining.OverT(q, isVector: false),
            ["final_m"] = CommitteeTraining.Rows(m[^1]),
            ["final_q"] = CommitteeTraining.Rows(q[^1]),
            ["population_loss"] = Value.Vector(loss.AsSpan(0, model.Steps)),
        };
    }
}
