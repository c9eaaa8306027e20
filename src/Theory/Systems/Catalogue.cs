using System.Collections.Immutable;
using Theory.Contract;
using Theory.Dynamics;
using Theory.Estimation;
using Theory.Exponents;
using Theory.Factorization;
using Theory.Features;
using Theory.Hermite;
using Theory.Spectra;

namespace Theory.Systems;

/// <summary>The systems that this library knows. Adding a system is adding its folder, and one line here.</summary>
public sealed class Catalogue
{
    private readonly Dictionary<string, ISystem> byId;

    /// <summary>Creates a catalogue of one's own.</summary>
    /// <param name="systems">The systems; their ids are distinct.</param>
    /// <exception cref="ArgumentException">Two systems have the same id.</exception>
    public Catalogue(params IEnumerable<ISystem> systems)
    {
        Systems = [.. systems];
        byId = Systems.ToDictionary(s => s.Id, StringComparer.Ordinal);
    }

    /// <summary>All systems of the library.</summary>
    public static Catalogue Default { get; } = new(
        RidgeRegressionModel.System,
        RandomFeaturesModel.System,
        SpikedRandomFeaturesModel.System,
        OneStepMapModel.System,
        OneStepNetworkModel.System,
        RandomFeaturesClassificationModel.System,
        LearnedFeaturesRidgeModel.System,
        LearnedFeaturesSpectrumModel.System,
        LearnedFeaturesOutliersModel.System,
        MixtureErmModel.System,
        OptimalErmModel.System,
        MixtureClassificationModel.System,
        LabelledMixtureModel.System,
        UniversalityModel.System,
        MulticlassRidgeModel.System,
        SeparabilityModel.System,
        HardMarginModel.System,
        BayesOptimalGlmModel.System,
        BayesOptimalGlmThresholdsModel.System,
        HermiteCoefficientsModel.System,
        LearningExponentsModel.System,
        WeakRecoveryModel.System,
        GiantStepsModel.System,
        LinearDmftModel.System,
        FreshBatchModel.System,
        BatchReuseModel.System,
        SgdMomentsModel.System,
        OnlineSgdModel.System,
        PhaseRetrievalEscapeModel.System,
        PhaseRetrievalDiffusionModel.System,
        SgdDisplacedModel.System,
        BatchMapModel.System,
        EscapeStepsModel.System,
        BatchExponentsModel.System,
        SampleCovarianceStieltjesModel.System,
        SampleCovarianceSupportModel.System,
        SeparableCovarianceStieltjesModel.System,
        SpikedCovarianceModel.System,
        InformationPlusNoiseModel.System,
        SpikedWignerModel.System,
        SpikedWignerThresholdsModel.System,
        SubspaceClusteringModel.System,
        SubspaceClusteringThresholdsModel.System,
        SubspaceClusteringFoldModel.System,
        SpectralClusteringModel.System,
        DonohoTannerModel.System,
        LassoModel.System);

    /// <summary>The systems in the order of the docs.</summary>
    public ImmutableArray<ISystem> Systems { get; }

    /// <summary>Looks a system up.</summary>
    /// <param name="id">Its id, such as <c>random-features</c>.</param>
    /// <returns>The system, or <see langword="null"/>.</returns>
    public ISystem? Find(string id) => byId.GetValueOrDefault(id);

    /// <summary>Looks a system up that must be there.</summary>
    /// <param name="id">Its id.</param>
    /// <returns>The system.</returns>
    /// <exception cref="InvalidInputException">There is no such system; the message lists those there are.</exception>
    public ISystem Get(string id) => Find(id)
        ?? throw new InvalidInputException("system", $"unknown system \"{id}\"; known: {string.Join(", ", byId.Keys.Order(StringComparer.Ordinal))}");
}
