using System.Collections.Immutable;

namespace Theory.Contract;

/// <summary>A theory that predicts something, seen from outside: all that the catalogue, the command line, verification, sweeps and the docs read.</summary>
public interface ISystem
{
    /// <summary>Its id, in kebab case: <c>random-features</c>.</summary>
    string Id { get; }

    /// <summary>Its title in a few words.</summary>
    string Title { get; }

    /// <summary>One paragraph: the setting, the normalisations, the limit taken.</summary>
    string Summary { get; }

    /// <summary>Its family: the name of its page in <c>docs/</c>, such as <c>features</c>.</summary>
    string Family { get; }

    /// <summary>What its predictions may claim; where that depends on the inputs, what they may claim by default.</summary>
    Standing Standing { get; }

    /// <summary>The publications it rests on, the main one first; never empty.</summary>
    ImmutableArray<Source> Sources { get; }

    /// <summary>Its inputs in order.</summary>
    ImmutableArray<Parameter> Parameters { get; }

    /// <summary>Its outputs in order.</summary>
    ImmutableArray<Observable> Observables { get; }

    /// <summary>Why there is no experiment; <see langword="null"/> if there is one.</summary>
    string? NoExperimentReason { get; }

    /// <summary>Sets the parameters.</summary>
    /// <param name="inputs">Values by name; those with a default may be left out.</param>
    /// <returns>The problem.</returns>
    /// <exception cref="InvalidInputException">A name is unknown, a required value is missing, or a value is illegal.</exception>
    IProblem Create(IReadOnlyDictionary<string, Value> inputs);
}

/// <summary>A system with its parameters set: it can be predicted and, if it has an experiment, measured.</summary>
public interface IProblem
{
    /// <summary>The system.</summary>
    ISystem System { get; }

    /// <summary>What the prediction of this problem may claim.</summary>
    Standing Standing { get; }

    /// <summary>The values of all parameters in the system's order, defaults filled in.</summary>
    ImmutableArray<Value> Inputs { get; }

    /// <summary>The problem with one parameter changed; everything computed from the others is kept.</summary>
    /// <param name="parameter">The parameter's name.</param>
    /// <param name="value">Its new value.</param>
    /// <returns>The new problem.</returns>
    /// <exception cref="InvalidInputException">The name is unknown or the value illegal.</exception>
    IProblem With(string parameter, Value value);

    /// <summary>What theory says.</summary>
    /// <param name="options">Solver options; the defaults if <see langword="null"/>.</param>
    /// <returns>The observables and how they were computed.</returns>
    /// <exception cref="InvalidInputException">The parameters do not go together.</exception>
    /// <exception cref="NotConvergedException">The solver failed and the options ask for an exception.</exception>
    /// <exception cref="UnsupportedException">There is no theory for this combination.</exception>
    Outcome Predict(SolveOptions? options = null);

    /// <summary>The experiment on this problem.</summary>
    /// <returns>The experiment, or <see langword="null"/> if the system has none.</returns>
    ITrial? Experiment();
}

/// <summary>The experiment of a problem.</summary>
public interface ITrial
{
    /// <summary>Size d used when none is asked for.</summary>
    int DefaultSize { get; }

    /// <summary>Number of trials used when none is asked for.</summary>
    int DefaultTrials { get; }

    /// <summary>Smallest size that makes sense.</summary>
    int MinimumSize { get; }

    /// <summary>The dimension that the model itself carries, or <see langword="null"/>.</summary>
    int? Dimension { get; }

    /// <summary>Where the finite-size constant comes from, in one sentence.</summary>
    string FiniteSizeRemark { get; }

    /// <summary>Runs one trial.</summary>
    /// <param name="size">The size d.</param>
    /// <param name="seed">The seed; equal seeds give equal results.</param>
    /// <returns>A value for every measured observable, by name.</returns>
    IReadOnlyDictionary<string, Value> Run(int size, ulong seed);

    /// <summary>The constant c of the finite-size allowance c/d.</summary>
    /// <param name="outcome">The prediction, from the same problem.</param>
    /// <param name="observable">The observable's name.</param>
    /// <returns>The constant, non-negative.</returns>
    double FiniteSizeConstant(Outcome outcome, string observable);
}

/// <summary>A prediction seen from outside.</summary>
/// <param name="Problem">What was asked.</param>
/// <param name="Outputs">The observables in the system's order.</param>
/// <param name="Uncertainties">Their uncertainties where the backend is stochastic, else <see langword="null"/> elements; empty if the system is deterministic.</param>
/// <param name="Prediction">The typed prediction.</param>
public sealed record Outcome(IProblem Problem, ImmutableArray<Value> Outputs, ImmutableArray<Value?> Uncertainties, IPrediction Prediction)
{
    /// <summary>How the numbers were computed, and whether they may be trusted.</summary>
    public Diagnostics Diagnostics => Prediction.Diagnostics;

    /// <summary>An observable by name.</summary>
    /// <param name="observable">The observable's name.</param>
    /// <returns>Its value.</returns>
    /// <exception cref="KeyNotFoundException">There is no such observable.</exception>
    public Value this[string observable]
    {
        get
        {
            var observables = Problem.System.Observables;
            for (var i = 0; i < observables.Length; i++)
                if (observables[i].Name == observable) return Outputs[i];
            throw new KeyNotFoundException($"{Problem.System.Id} has no observable {observable}.");
        }
    }
}
