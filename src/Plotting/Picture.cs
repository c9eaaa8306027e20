using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using ScottPlot;
using Theory.Contract;

namespace Theory.Plotting;

/// <summary>What stands around a drawing: title, subtitle, legend, axis labels and caption.</summary>
internal sealed record Frame
{
    public required string Title { get; init; }

    public string Subtitle { get; init; } = "";

    public IReadOnlyList<LegendEntry> Legend { get; init; } = [];

    public required string XLabel { get; init; }

    public required string YLabel { get; init; }

    public string Caption { get; init; } = "";
}

/// <summary>A picture in the house style, and its way to files.</summary>
internal sealed partial class Picture : IDisposable
{
    private const float RightMargin = 24;
    private const float LabelSize = 13;
    private const float TickSize = 12;
    private readonly PlotOptions options;

    public Picture(PlotOptions options, Frame frame, PlotAxis x, PlotAxis y)
    {
        this.options = options;
        Plot.Font.Set(Typefaces.Family);
        Plot.FigureBackground.Color = Colors.White;
        Plot.Axes.Title.IsVisible = false;
        Plot.Axes.Color(Palette.Ink);
        Plot.Grid.MajorLineColor = Palette.Grid;
        Plot.Axes.Right.FrameLineStyle.IsVisible = Plot.Axes.Top.FrameLineStyle.IsVisible = false;
        Plot.Axes.Right.MinimumSize = RightMargin;
        Plot.Axes.Top.MaximumSize = 0;
        Style(Plot.Axes.Bottom, x, Folded(frame.XLabel, options.Width - 150), options.Width / 95);
        Style(Plot.Axes.Left, y, Folded(frame.YLabel, VerticalLabelLength), options.Height / 70);
        Plot.Axes.SetLimits(x.Low, x.High, y.Low, y.High);
        AddText(frame);
    }

    public Plot Plot { get; } = new();

    /// <summary>Room for a label along the vertical axis.</summary>
    private float VerticalLabelLength => options.Height - 150;

    /// <summary>Adds the colour bar of a map.</summary>
    public void AddColorBar(IHasColorAxis source, PlotAxis scale, string label)
    {
        var bar = Plot.Add.ColorBar(source);
        bar.Width = 18;
        bar.Label = Folded(label, VerticalLabelLength);
        bar.LabelStyle.FontName = Typefaces.Family;
        bar.LabelStyle.FontSize = LabelSize;
        bar.LabelStyle.Bold = false;
        bar.Axis.TickGenerator = new ScottPlot.TickGenerators.NumericManual(scale.Ticks(6));
        bar.Axis.TickLabelStyle.FontName = Typefaces.Family;
        bar.Axis.TickLabelStyle.FontSize = TickSize;
    }

    /// <summary>Writes <c>name.png</c> and <c>name.svg</c>, each under another name first.</summary>
    /// <returns>The two paths.</returns>
    /// <exception cref="InvalidInputException">The folder cannot be written.</exception>
    public IReadOnlyList<string> Save(string directory, string name)
    {
        var svg = WithStableIds(WithOtherFonts(Plot.GetSvgXml(options.Width, options.Height)));
        Plot.ScaleFactor = options.Scale;
        var png = Plot.GetImageBytes((int)(options.Width * options.Scale), (int)(options.Height * options.Scale), ImageFormat.Png);
        Plot.ScaleFactor = 1;
        return [Write(directory, name + ".png", png), Write(directory, name + ".svg", Encoding.UTF8.GetBytes(svg))];
    }

    /// <summary>Puts ticks of one's own on the horizontal axis.</summary>
    public void SetTicks(Tick[] ticks) => Plot.Axes.Bottom.TickGenerator = new ScottPlot.TickGenerators.NumericManual(ticks);

    /// <summary>Puts names instead of numbers on the horizontal axis, at 0, 1, 2 …; turned when they are many.</summary>
    public void SetLabels(string[] labels)
    {
        SetTicks([.. labels.Select((label, n) => new Tick(n, Typefaces.Printable(label)))]);
        if (labels.Sum(l => l.Length + 2) * 7 <= options.Width - 100) return;
        var style = Plot.Axes.Bottom.TickLabelStyle;
        (style.Rotation, style.Alignment) = (-45, Alignment.UpperRight);
        Plot.Axes.Bottom.MinimumSize = 10 + 5 * labels.Max(l => l.Length);
    }

    public void Dispose() => Plot.Dispose();

    /// <summary>Names similar fonts for viewers that do not have ours.</summary>
    private static string WithOtherFonts(string svg) =>
        FontFamily().Replace(svg, match => $"{match.Groups[1].Value}, 'Helvetica Neue', Arial, 'DejaVu Sans', sans-serif\"");

    [GeneratedRegex("(font-family=\"Inter[^\"]*)\"")]
    private static partial Regex FontFamily();

    /// <summary>Numbers the elements' ids from 1: the renderer's own counter depends on all that was drawn before.</summary>
    private static string WithStableIds(string svg)
    {
        var names = new Dictionary<string, string>();
        return Ids().Replace(svg, match =>
        {
            var id = match.Groups[2].Value;
            if (!names.TryGetValue(id, out var name)) names.Add(id, name = string.Create(CultureInfo.InvariantCulture, $"e{names.Count + 1}"));
            return match.Groups[1].Value + name;
        });
    }

    [GeneratedRegex("( id=\"|url\\(#|href=\"#)([^\")]+)")]
    private static partial Regex Ids();

    private static void Style(IAxis axis, PlotAxis scale, string label, int ticks)
    {
        axis.TickGenerator = new ScottPlot.TickGenerators.NumericManual(scale.Ticks(Math.Max(3, ticks)));
        axis.TickLabelStyle.FontName = Typefaces.Family;
        axis.TickLabelStyle.FontSize = TickSize;
        axis.MajorTickStyle.Length = 5;
        axis.MinorTickStyle.Length = 3;
        axis.MajorTickStyle.Width = axis.MinorTickStyle.Width = 1;
        if (axis is not ScottPlot.AxisPanels.AxisBase panel) return;
        panel.LabelStyle.Text = label;
        panel.LabelStyle.FontName = Typefaces.Family;
        panel.LabelStyle.FontSize = LabelSize;
        panel.LabelStyle.Bold = false;
    }

    /// <summary>A label broken into lines that fit along its axis.</summary>
    private static string Folded(string label, float length)
    {
        using var font = TextPanel.Font(LabelSize, bold: false);
        return string.Join('\n', TextPanel.Wrap(Typefaces.Printable(label), font, length));
    }

    private void AddText(Frame frame)
    {
        var width = options.Width - 100 - RightMargin;
        var head = new TextPanel(Edge.Top, width);
        head.AddSpace(10);
        head.AddText(options.Title ?? frame.Title, 16, Palette.Ink, bold: true);
        if (frame.Subtitle.Length > 0) head.AddText(frame.Subtitle, 11.5f, Palette.Faint);
        head.AddSpace(4);
        head.AddLegend(frame.Legend, 12);
        head.AddSpace(8);
        Plot.Axes.AddPanel(head);
        var foot = new TextPanel(Edge.Bottom, width);
        foot.AddSpace(6);
        if (frame.Caption.Length > 0) foot.AddText(frame.Caption, 10, Palette.Faint);
        foot.AddSpace(8);
        Plot.Axes.AddPanel(foot);
    }

    /// <summary>Writes a file, under another name first.</summary>
    internal static string Write(string directory, string name, byte[] content)
    {
        var path = Path.Combine(directory, name);
        var temporary = Path.Combine(directory, string.Create(CultureInfo.InvariantCulture, $".{name}.{Environment.ProcessId}.tmp"));
        try
        {
            Directory.CreateDirectory(directory);
            File.WriteAllBytes(temporary, content);
            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidInputException("out", $"cannot write to {directory}: {e.Message.Split('\n')[0]}", e);
        }
        return path;
    }
}
