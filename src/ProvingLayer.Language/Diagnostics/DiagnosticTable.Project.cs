namespace ProvingLayer.Language.Diagnostics;

/// <content>Area 8: project and build.</content>
public static partial class DiagnosticTable
{
}
