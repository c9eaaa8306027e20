using Theory.Contract;

namespace Theory.Spectra;

/// <summary>The publications that the spectral systems rest on.</summary>
internal static class SpectraSources
{
    public static Source MarchenkoPastur(string usage) => new(
        "MarchenkoPastur1967", ["Marchenko, Vladimir A.", "Pastur, Leonid A."], "Distribution of eigenvalues for some sets of random matrices", 1967, null, "Mathematics of the USSR-Sbornik", usage);

    public static Source SilversteinBai(string usage) => new(
        "SilversteinBai1995", ["Silverstein, Jack W.", "Bai, Zhidong D."], "On the empirical distribution of eigenvalues of a class of large dimensional random matrices", 1995, null, "Journal of Multivariate Analysis", usage);

    public static Source SilversteinChoi(string usage) => new(
        "SilversteinChoi1995", ["Silverstein, Jack W.", "Choi, Sang-Il"], "Analysis of the limiting spectral distribution of large dimensional random matrices", 1995, null, "Journal of Multivariate Analysis", usage);

    public static Source PaulSilverstein(string usage) => new(
        "PaulSilverstein2009", ["Paul, Debashis", "Silverstein, Jack W."], "No eigenvalues outside the support of the limiting empirical spectral distribution of a separable covariance matrix", 2009, null, "Journal of Multivariate Analysis", usage);

    public static Source HachemLoubatonNajim(string usage) => new(
        "HachemLoubatonNajim2007", ["Hachem, Walid", "Loubaton, Philippe", "Najim, Jamal"], "Deterministic equivalents for certain functionals of large random matrices", 2007, "math/0507172", "The Annals of Applied Probability", usage);

    public static Source BaikBenArousPeche(string usage) => new(
        "BaikBenArousPeche2005", ["Baik, Jinho", "Ben Arous, Gérard", "Péché, Sandrine"], "Phase transition of the largest eigenvalue for nonnull complex sample covariance matrices", 2005, "math/0403022", "The Annals of Probability", usage);

    public static Source BaikSilverstein(string usage) => new(
        "BaikSilverstein2006", ["Baik, Jinho", "Silverstein, Jack W."], "Eigenvalues of large sample covariance matrices of spiked population models", 2006, "math/0408165", "Journal of Multivariate Analysis", usage);

    public static Source Paul(string usage) => new(
        "Paul2007", ["Paul, Debashis"], "Asymptotics of sample eigenstructure for a large dimensional spiked covariance model", 2007, null, "Statistica Sinica", usage);

    public static Source BaiYao(string usage) => new(
        "BaiYao2012", ["Bai, Zhidong D.", "Yao, Jianfeng"], "On sample eigenvalues in a generalized spiked population model", 2012, "0806.1141", "Journal of Multivariate Analysis", usage);

    public static Source DozierSilverstein(string usage) => new(
        "DozierSilverstein2007", ["Dozier, R. Brent", "Silverstein, Jack W."], "On the empirical distribution of eigenvalues of large dimensional information-plus-noise-type matrices", 2007, null, "Journal of Multivariate Analysis", usage);

    public static Source BenaychGeorgesNadakuditi(string usage) => new(
        "BenaychGeorgesNadakuditi2012", ["Benaych-Georges, Florent", "Nadakuditi, Raj Rao"], "The singular values and vectors of low rank perturbations of large rectangular random matrices", 2012, "1103.2221", "Journal of Multivariate Analysis", usage);

    public static Source Capitaine(string usage) => new(
        "Capitaine2014", ["Capitaine, Mireille"], "Exact separation phenomenon for the eigenvalues of large Information-Plus-Noise type matrices, and an application to spiked models", 2014, "1301.3940", "Indiana University Mathematics Journal", usage);
}
