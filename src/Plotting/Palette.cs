using ScottPlot;

namespace Theory.Plotting;

/// <summary>Colours, of M. Okabe and K. Ito's set, that readers with any colour vision tell apart.</summary>
internal static class Palette
{
    public static Color Ink { get; } = Color.FromHex("#1F2328");

    public static Color Faint { get; } = Color.FromHex("#6B7280");

    public static Color Grid { get; } = Color.FromHex("#E5E7EB");

    public static Color Missing { get; } = Color.FromHex("#C8CCD2");

    /// <summary>The n-th colour, repeating after seven.</summary>
    public static Color Categorical(int n) => Color.FromHex((n % 7) switch
    {
        0 => "#0072B2",
        1 => "#D55E00",
        2 => "#009E73",
        3 => "#CC79A7",
        4 => "#E69F00",
        5 => "#56B4E9",
        _ => "#5B5B5B",
    });

    /// <summary>Colours for ordered curves, dark to light; the palest end of the map is left out.</summary>
    public static Color Sequential(int n, int count) => new ScottPlot.Colormaps.Viridis().GetColor(count <= 1 ? 0.2 : 0.85 * n / (count - 1));
}
