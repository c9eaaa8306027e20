using Theory.Contract;

namespace Theory.Dynamics;

/// <summary>The publications that dynamical mean-field theory rests on.</summary>
internal static class DmftSources
{
    public static Source CelentanoChengMontanari(string usage) => new(
        "CelentanoChengMontanari2021", ["Celentano, Michael", "Cheng, Chen", "Montanari, Andrea"],
        "The high-dimensional asymptotics of first order methods with random data", 2021, "2112.07572", null, usage);

    public static Source Gerbelot(string usage) => new(
        "GerbelotTroianiMignaccoKrzakalaZdeborova2022",
        ["Gerbelot, Cédric", "Troiani, Emanuele", "Mignacco, Francesca", "Krzakala, Florent", "Zdeborová, Lenka"],
        "Rigorous dynamical mean field theory for stochastic gradient descent methods", 2022, "2210.06591", null, usage);

    public static Source DandiReuse(string usage) => new(
        "DandiTroianiArnaboldiPesceZdeborovaKrzakala2024",
        ["Dandi, Yatin", "Troiani, Emanuele", "Arnaboldi, Luca", "Pesce, Luca", "Zdeborová, Lenka", "Krzakala, Florent"],
        "The benefits of reusing batches for gradient descent in two-layer networks: breaking the curse of information and leap exponents", 2024, "2402.03220", null, usage);

    public static Source Mignacco(string usage) => new(
        "MignaccoKrzakalaUrbaniZdeborova2020",
        ["Mignacco, Francesca", "Krzakala, Florent", "Urbani, Pierfrancesco", "Zdeborová, Lenka"],
        "Dynamical mean-field theory for stochastic gradient descent in Gaussian mixture classification", 2020, "2006.06098", null, usage);

    public static Source ArnaboldiRepetita(string usage) => new(
        "ArnaboldiDandiKrzakalaPesceStephan2024",
        ["Arnaboldi, Luca", "Dandi, Yatin", "Krzakala, Florent", "Pesce, Luca", "Stephan, Ludovic"],
        "Repetita iuvant: data repetition allows SGD to learn high-dimensional multi-index functions", 2024, "2405.15459", null, usage);
}
