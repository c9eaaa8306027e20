using Theory.Numerics.Quadrature;

namespace Theory.Numerics.Tests.Quadrature;

public class FocusedPanelsTests
{
    [Theory]
    [InlineData(0.3, 1e-2)]
    [InlineData(-2.7, 1e-6)]
    [InlineData(1.1, 1e-10)]
    public void A_narrow_step_is_resolved_by_a_focus(double place, double scale)
    {
        var panels = new FocusedPanels(16, 1.5);
        panels.Reset(-4, 5);
        panels.AddFocus(place, scale);
        panels.Build();
        // ∫ tanh((x − c)/s) dx = s log cosh; on both sides of c the integrand is ±1 up to tails.
        var integral = Integrate(panels, x => Math.Tanh((x - place) / scale));
        Assert.Equal((5 - place) - (place + 4), integral, 1e-12);
    }

    [Fact]
    public void Panels_end_at_breaks_and_polynomials_are_exact()
    {
        var panels = new FocusedPanels(4, 10);
        panels.Reset(-1, 2);
        panels.AddBreak(0.5);
        panels.AddBreak(7);
        panels.AddBreak(double.NaN);
        panels.Build();
        Assert.Equal(8, panels.Nodes.Length);
        Assert.Equal(Math.Pow(2, 8) / 8 - 1.0 / 8, Integrate(panels, x => Math.Pow(x, 7)), 1e-12);
        Assert.Equal(0.5 * (1.5 * 1.5 + 1.5 * 1.5), Integrate(panels, x => Math.Abs(x - 0.5)), 1e-13);
    }

    [Fact]
    public void Panels_are_reused_without_memory_of_the_last_use()
    {
        var panels = new FocusedPanels(8, 1);
        panels.Reset(0, 3);
        panels.AddBreak(1.5);
        panels.AddFocus(1, 1e-8);
        panels.Build();
        panels.Reset(0, 1);
        panels.Build();
        Assert.Equal(8, panels.Nodes.Length);
    }

    [Fact]
    public void Bad_arguments_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new FocusedPanels(1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new FocusedPanels(8, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new FocusedPanels(8, 1).Reset(1, 1));
    }

    private static double Integrate(FocusedPanels panels, Func<double, double> f)
    {
        var values = new double[panels.Nodes.Length];
        for (var i = 0; i < values.Length; i++) values[i] = f(panels.Nodes[i]);
        return panels.Integrate(values);
    }
}
