using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using ProvingLayer.Cli.Bench;
using ProvingLayer.Cli.Shell;
using ProvingLayer.Stark.Security;

namespace ProvingLayer.Cli.Commands;

/// <summary><c>tenor bench</c>: how fast this machine proves.</summary>
internal sealed class BenchCommand : Verb
{
    private const string AllKernels = "kernels";
    private const double DefaultSeconds = 3;

    private readonly Argument<string[]> names = new("NAME")
    {
        Description = $"Workloads ({string.Join(", ", Workload.All.Select(w => w.Name))}) or kernels ({string.Join(", ", Kernel.All.Select(k => k.Name))}; '{AllKernels}' for all of them); all by default but {string.Join(", ", Workload.All.Where(w => w.IsLong).Select(w => w.Name))}.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<double> seconds = new("--seconds")
    {
        Description = "How long each workload is proved, at least; three proofs in any case.",
        HelpName = "S",
        DefaultValueFactory = _ => DefaultSeconds,
    };

    /// <summary>The verb.</summary>
    public BenchCommand()
        : base("bench", "Measure proving and verifying of fixed workloads, and the kernels that they are made of, on this machine.")
    {
        Add(names);
        Add(seconds);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<(string CommandLine, string Does)> Examples =>
    [
        ("tenor bench", "measures everything"),
        ("tenor bench O1 --format json", "measures one workload, to be read by a program"),
        ("tenor bench poseidon2-16 memory-copy", "measures two kernels"),
    ];

    /// <inheritdoc/>
    public override Report Run(ParseResult arguments, Session session, CancellationToken cancellation)
    {
        var asked = arguments.GetValue(names) ?? [];
        var known = Workload.All.Select(w => w.Name).Concat(Kernel.All.Select(k => k.Name)).Append(AllKernels);
        if (asked.FirstOrDefault(name => !known.Contains(name, StringComparer.OrdinalIgnoreCase)) is { } unknown)
        {
            return new Problem(ExitCode.Usage, $"there is no workload or kernel '{unknown}'", $"there are {string.Join(", ", known)}");
        }

        var length = arguments.GetValue(seconds);
        if (!(length > 0 && length <= 3600))
        {
            return new Problem(ExitCode.Usage, "--seconds is above 0 and at most 3600");
        }

        var workloads = ImmutableArray.CreateBuilder<WorkloadMeasurement>();
        foreach (var workload in Workload.All.Where(workload => IsAsked(workload.Name) && (asked.Length > 0 || !workload.IsLong)))
        {
            session.Progress.Show($"proving {workload.Name}: {workload.What}");
            workloads.Add(workload.Measure(length, cancellation));
        }

        var kernels = ImmutableArray.CreateBuilder<KernelMeasurement>();
        foreach (var kernel in Kernel.All.Where(kernel => IsAsked(kernel.Name) || IsAsked(AllKernels)))
        {
            session.Progress.Show($"measuring {kernel.Name}: {kernel.What}");
            kernels.Add(kernel.Measure(cancellation));
        }

        return new BenchReport(workloads.ToImmutable(), kernels.ToImmutable());

        bool IsAsked(string name) => asked.Length == 0 || asked.Contains(name, StringComparer.OrdinalIgnoreCase);
    }

    private sealed record BenchReport(ImmutableArray<WorkloadMeasurement> Workloads, ImmutableArray<KernelMeasurement> Kernels) : Report
    {
        public override ExitCode ExitCode => ExitCode.Ok;

        public override void WriteText(TextPage page)
        {
            page.Out.Line(Host.Text);
            if (!Workloads.IsEmpty)
            {
                var table = new TextTable(
                    ("workload", false), ("steps", true), ("prove, ms", true), ("least", true), ("verify, ms", true), ("least", true), ("proof, bytes", true),
                    ("key, bytes", true), ("peak, MiB", true), ("rows", true), ("cells", true), ("security, bits", true), ("private inputs", false));
                foreach (var w in Workloads)
                {
                    table.Add(
                        w.Name, Number(w.Steps), Milliseconds(w.Prove.Median), Milliseconds(w.Prove.Min), Milliseconds(w.Verify.Median), Milliseconds(w.Verify.Min), Number(w.ProofBytes),
                        Number(w.KeyBytes), Number(w.PeakBytes >> 20), Number(w.Size.Rows), Number(w.Size.Cells),
                        string.Create(CultureInfo.InvariantCulture, $"{w.Security.Bits:F1} ({SecurityText.Regime(w.Security)})"), w.Hiding ? "hidden" : "not hidden");
                }

                page.Out.Line();
                table.Write(page.Out);
            }

            if (!Kernels.IsEmpty)
            {
                var table = new TextTable(("kernel, one core", false), ("time", true), ("of", false));
                foreach (var measured in Kernels)
                {
                    table.Add(measured.Name, Time(measured.Nanoseconds), Kernel.All.Single(kernel => kernel.Name == measured.Name).What);
                }

                page.Out.Line();
                table.Write(page.Out);
            }
        }

        public override void WriteJson(Utf8JsonWriter json)
        {
            json.WriteString("machine", Host.Text);
            json.WriteStartArray("workloads");
            foreach (var w in Workloads)
            {
                json.WriteStartObject();
                json.WriteString("name", w.Name);
                json.WriteNumber("steps", w.Steps);
                WriteTiming(json, "prove_ms", w.Prove);
                WriteTiming(json, "verify_ms", w.Verify);
                json.WriteNumber("proof_bytes", w.ProofBytes);
                json.WriteNumber("key_bytes", w.KeyBytes);
                json.WriteNumber("peak_bytes", w.PeakBytes);
                json.WriteNumber("security_bits", Math.Round(w.Security.Bits, 1));
                json.WriteString("regime", w.Security.Regime == DecodingRegime.Johnson ? "johnson" : "unique");
                json.WriteBoolean("hiding", w.Hiding);
                json.WriteNumber("rows", w.Size.Rows);
                json.WriteNumber("cells", w.Size.Cells);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartArray("kernels");
            foreach (var measured in Kernels)
            {
                json.WriteStartObject();
                json.WriteString("name", measured.Name);
                json.WriteNumber("ns", Math.Round(measured.Nanoseconds, 3));
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        private static void WriteTiming(Utf8JsonWriter json, string name, Timing timing)
        {
            json.WriteStartObject(name);
            json.WriteNumber("median", Math.Round(timing.Median, 3));
            json.WriteNumber("min", Math.Round(timing.Min, 3));
            json.WriteEndObject();
        }

        private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

        private static string Milliseconds(double value) => value.ToString("F1", CultureInfo.InvariantCulture);

        private static string Time(double nanoseconds) => nanoseconds < 1e5
            ? string.Create(CultureInfo.InvariantCulture, $"{nanoseconds:F2} ns")
            : string.Create(CultureInfo.InvariantCulture, $"{nanoseconds / 1e6:F2} ms");
    }
}
