using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace ProvingLayer.Build;

/// <summary>Runs <c>tenor build</c> in a process of its own, and logs what it says of the rules as errors and warnings of the build: with range, code and link.</summary>
public sealed class TenorCompileTask : ToolTask
{
    private static readonly Regex s_diagnostic = new(
        @"^(?<file>.+)\((?<line>\d+),(?<column>\d+),(?<endLine>\d+),(?<endColumn>\d+)\): (?<severity>error|warning|info) (?<code>TNR\d{4}): (?<message>.*)$",
        RegexOptions.CultureInvariant);

    /// <summary>The <c>.tenor</c> files. Those with the metadata <c>EmitCircuit</c> set to false are checked and not compiled.</summary>
    [Required]
    public ITaskItem[] Sources { get; set; } = [];

    /// <summary>Files that the sources use and that are compiled elsewhere.</summary>
    public ITaskItem[] References { get; set; } = [];

    /// <summary>Where the compiled files go.</summary>
    [Required]
    public string OutputDirectory { get; set; } = "";

    /// <summary>The file that lists them.</summary>
    [Required]
    public string Manifest { get; set; } = "";

    /// <summary>The folder that the sources' paths are relative to.</summary>
    [Required]
    public string ProjectDirectory { get; set; } = "";

    /// <summary>The command's assembly, <c>tenor.dll</c>.</summary>
    [Required]
    public string CommandAssembly { get; set; } = "";

    /// <summary>The security profile of the keys.</summary>
    public string Profile { get; set; } = "standard";

    /// <summary>The <c>dotnet</c> that runs the command; the one on the path if empty.</summary>
    public string DotNetHost { get; set; } = "";

    /// <summary>The folder of a page for every diagnostic.</summary>
    public string HelpDirectory { get; set; } = "";

    /// <inheritdoc/>
    protected override string ToolName => Path.DirectorySeparatorChar == '\\' ? "dotnet.exe" : "dotnet";

    /// <inheritdoc/>
    protected override MessageImportance StandardOutputLoggingImportance => MessageImportance.Low;

    /// <inheritdoc/>
    protected override MessageImportance StandardErrorLoggingImportance => MessageImportance.High;

    /// <inheritdoc/>
    protected override Encoding StandardOutputEncoding => Encoding.UTF8;

    /// <inheritdoc/>
    protected override Encoding StandardErrorEncoding => Encoding.UTF8;

    /// <inheritdoc/>
    protected override Encoding ResponseFileEncoding => new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    /// <inheritdoc/>
    protected override string GenerateFullPathToTool() => DotNetHost.Length > 0 ? DotNetHost : ToolName;

    /// <inheritdoc/>
    protected override string GetWorkingDirectory() => ProjectDirectory; // relative paths go into artifacts: the same in every folder

    /// <inheritdoc/>
    protected override string GenerateCommandLineCommands() => $"exec \"{CommandAssembly}\" build";

    /// <inheritdoc/>
    protected override string GenerateResponseFileCommands()
    {
        var arguments = new StringBuilder();
        foreach (var source in Sources)
        {
            Add(null, source.ItemSpec);
            if (string.Equals(source.GetMetadata("EmitCircuit"), "false", StringComparison.OrdinalIgnoreCase))
            {
                Add("--reference", source.ItemSpec);
            }
        }

        foreach (var reference in References)
        {
            Add("--reference", reference.ItemSpec);
        }

        Add("--output", OutputDirectory);
        Add("--manifest", Manifest);
        Add("--profile", Profile);
        return arguments.ToString();

        void Add(string? option, string value)
        {
            if (option is not null)
            {
                arguments.Append(option).Append('\n');
            }

            arguments.Append('"').Append(value.Replace('\\', '/')).Append('"').Append('\n');
        }
    }

    /// <inheritdoc/>
    protected override void LogEventsFromTextOutput(string singleLine, MessageImportance messageImportance)
    {
        if (singleLine is null)
        {
            return;
        }

        var match = s_diagnostic.Match(singleLine);
        if (!match.Success)
        {
            if (singleLine.StartsWith("error: ", StringComparison.Ordinal))
            {
                Log.LogError(null, "TNR8000", null, null, 0, 0, 0, 0, "{0}", singleLine.Substring("error: ".Length));
            }
            else
            {
                Log.LogMessage(messageImportance, "{0}", singleLine);
            }

            return;
        }

        var (code, file, message) = (match.Groups["code"].Value, Path.Combine(ProjectDirectory, match.Groups["file"].Value), match.Groups["message"].Value);
        var (line, column, endLine, endColumn) = (Number("line"), Number("column"), Number("endLine"), Number("endColumn"));
        var link = LinkOf(code);
        switch (match.Groups["severity"].Value)
        {
            case "error":
                BuildEngine.LogErrorEvent(new BuildErrorEventArgs(
                    "Tenor", code, file, line, column, endLine, endColumn, message, code, "ProvingLayer.Build", link, DateTime.UtcNow, null));
                FoundErrors = true;
                break;
            case "warning":
                BuildEngine.LogWarningEvent(new BuildWarningEventArgs(
                    "Tenor", code, file, line, column, endLine, endColumn, message, code, "ProvingLayer.Build", link, DateTime.UtcNow, null));
                break;
            default:
                Log.LogMessage(MessageImportance.Normal, "{0}", singleLine);
                break;
        }

        int Number(string group) => int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);
    }

    /// <inheritdoc/>
    protected override bool HandleTaskExecutionErrors() => !FoundErrors && base.HandleTaskExecutionErrors();

    private bool FoundErrors { get; set; }

    private string? LinkOf(string code)
    {
        var page = Path.Combine(HelpDirectory, code + ".txt");
        return HelpDirectory.Length > 0 && File.Exists(page) ? new Uri(Path.GetFullPath(page)).AbsoluteUri : null;
    }
}
