using Theory.Contract;

namespace Theory.Systems;

/// <summary>What can be done with any model.</summary>
public static class ModelExtensions
{
    /// <summary>What theory says about the model.</summary>
    /// <typeparam name="TModel">The model.</typeparam>
    /// <typeparam name="TPrediction">Its prediction.</typeparam>
    /// <param name="model">The model.</param>
    /// <param name="options">Solver options; the defaults if <see langword="null"/>.</param>
    /// <returns>The prediction.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The parameters do not go together.</exception>
    /// <exception cref="NotConvergedException">The solver failed and the options ask for an exception.</exception>
    public static TPrediction Predict<TModel, TPrediction>(this IModel<TModel, TPrediction> model, SolveOptions? options = null)
        where TModel : class, IModel<TModel, TPrediction>
        where TPrediction : class, IPrediction =>
        TModel.System.Solve(Self(model), options ?? SolveOptions.Default);

    /// <summary>Runs the model's experiment and sets it beside the prediction.</summary>
    /// <typeparam name="TModel">The model.</typeparam>
    /// <typeparam name="TPrediction">Its prediction.</typeparam>
    /// <param name="model">The model.</param>
    /// <param name="size">The size d; the system's default if <see langword="null"/>.</param>
    /// <param name="trials">The number of trials; the system's default if <see langword="null"/>.</param>
    /// <param name="seed">The seed; equal seeds give equal results on any number of threads.</param>
    /// <returns>The comparison.</returns>
    /// <exception cref="UnsupportedException">The system has no experiment.</exception>
    public static VerificationReport Verify<TModel, TPrediction>(this IModel<TModel, TPrediction> model, int? size = null, int? trials = null, ulong seed = 1)
        where TModel : class, IModel<TModel, TPrediction>
        where TPrediction : class, IPrediction =>
        Verification.Run(model.AsProblem(), new VerificationOptions { Sizes = size is { } d ? [d] : [], Trials = trials, Seed = seed });

    /// <summary>The model as the catalogue's users see it: for sweeps, pictures and tables.</summary>
    /// <typeparam name="TModel">The model.</typeparam>
    /// <typeparam name="TPrediction">Its prediction.</typeparam>
    /// <param name="model">The model.</param>
    /// <returns>The problem.</returns>
    public static IProblem AsProblem<TModel, TPrediction>(this IModel<TModel, TPrediction> model)
        where TModel : class, IModel<TModel, TPrediction>
        where TPrediction : class, IPrediction =>
        TModel.System.Wrap(Self(model));

    private static TModel Self<TModel, TPrediction>(IModel<TModel, TPrediction> model)
        where TModel : class, IModel<TModel, TPrediction>
        where TPrediction : class, IPrediction =>
        (TModel)(model ?? throw new ArgumentNullException(nameof(model)));
}
